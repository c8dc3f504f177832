import fc from 'fast-check'
import { Block as Oracle } from 'bitcoinjs-lib'
import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes } from '../../src/bytes.js'
import { coinbaseOutputs, coinbaseValueSats, parseBlock, serialiseBlock } from '../../src/chain/block.js'
import { blockHash, displayHash, serialiseHeader } from '../../src/chain/header.js'
import { subsidySats } from '../../src/chain/subsidy.js'
import { block } from '../arbitraries.js'
import { blockVectors } from '../read-vectors.js'

describe('block', () => {
  it.each(blockVectors())('$network $height comes back', ({ hex, hash, height, network }) => {
    const parsed = parseBlock(hexToBytes(hex))
    expect(displayHash(blockHash(serialiseHeader(parsed.header)))).toBe(hash)
    expect(bytesToHex(serialiseBlock(parsed)) === hex).toBe(true)
    expect(coinbaseOutputs(parsed)).toBe(parsed.transactions[0]!.outputs)
    expect(coinbaseValueSats(parsed) >= subsidySats(height, network)).toBe(true)
  })

  it('pays what its coinbase says', () => {
    const byHeight = new Map(blockVectors().map((vector) => [vector.height, vector.hex]))
    expect(coinbaseValueSats(parseBlock(hexToBytes(byHeight.get(170)!)))).toBe(5_000_000_000n)
    expect(coinbaseValueSats(parseBlock(hexToBytes(byHeight.get(926_485)!)))).toBe(312_551_300n)
  })

  it('is what another implementation reads and writes', () => {
    fc.assert(
      fc.property(block, (value) => {
        const hex = bytesToHex(serialiseBlock(value))
        expect(parseBlock(hexToBytes(hex))).toEqual(value)
        expect(Oracle.fromHex(hex).toHex()).toBe(hex)
      }),
    )
  })

  it('is refused empty, cut off, or followed by more', () => {
    const { hex } = blockVectors()[1]!
    expect(() => parseBlock(hexToBytes(`${hex.slice(0, 160)}00`))).toThrow('transaction count')
    expect(() => parseBlock(hexToBytes(hex.slice(0, -2)))).toThrow('locktime')
    expect(() => parseBlock(hexToBytes(`${hex}00`))).toThrow('block: 1 bytes too many')
    expect(() => parseBlock(new Uint8Array(79))).toThrow('nonce')
  })

  it('has no outputs when it has no coinbase', () => {
    const { header } = parseBlock(hexToBytes(blockVectors()[0]!.hex))
    expect(coinbaseValueSats({ header, transactions: [] })).toBe(0n)
  })
})
