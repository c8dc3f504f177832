import fc from 'fast-check'
import { Transaction as Oracle } from 'bitcoinjs-lib'
import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes, reversedBytes } from '../../src/bytes.js'
import {
  hasWitness,
  parseTransaction,
  serialiseTransaction,
  serialiseWithoutWitness,
  txid,
  wtxid,
} from '../../src/chain/transaction.js'
import { transaction } from '../arbitraries.js'

/** The first example of BIP 143, signed: one input with a witness, one without. */
const BIP_143 =
  '01000000000102fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f00000000494830450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3bebf337f7a55d114c8e5cdd30be022040529b194ba3f9281a99f2b1c0a19c0489bc22ede944ccf4ecbab4cc618ef3ed01eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac000247304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0d5447a12fb1366d7f01cc44a0220573a954c4518331561406f90300e8f3358f51928d43c212a8caed02de67eebee0121025476c2e83188368da1ff3e292e7acafcdb3566bb0ad253f62fc70f07aeee635711000000'

describe('transaction', () => {
  it('of BIP 143 is read field by field', () => {
    const parsed = parseTransaction(hexToBytes(BIP_143))
    expect(parsed).toMatchObject({ version: 1, locktime: 17 })
    expect(parsed.inputs.map(({ sequence, prevIndex }) => [sequence, prevIndex])).toEqual([
      [0xffffffee, 0],
      [0xffffffff, 1],
    ])
    expect(parsed.inputs.map(({ witness }) => witness.length)).toEqual([0, 2])
    expect(parsed.outputs.map(({ valueSats }) => valueSats)).toEqual([112_340_000n, 223_450_000n])
    expect(bytesToHex(serialiseTransaction(parsed))).toBe(BIP_143)
    expect(bytesToHex(reversedBytes(txid(parsed)))).toBe(
      'e8151a2af31c368a35053ddd4bdb285a8595c769a3ad83e0fa02314a602d4609',
    )
  })

  it('comes back in both forms, with the hashes another implementation finds', () => {
    fc.assert(
      fc.property(transaction, (value) => {
        const bytes = serialiseTransaction(value)
        const parsed = parseTransaction(bytes)
        expect(parsed).toEqual(value)
        const other = Oracle.fromBuffer(bytes)
        expect(bytesToHex(other.toBuffer())).toBe(bytesToHex(bytes))
        expect(bytesToHex(txid(value))).toBe(bytesToHex(other.getHash(false)))
        expect(bytesToHex(wtxid(value))).toBe(bytesToHex(other.getHash(true)))
        expect(equal(txid(value), wtxid(value))).toBe(!hasWitness(value))
        const bare = parseTransaction(serialiseWithoutWitness(value))
        expect(hasWitness(bare)).toBe(false)
        expect(txid(bare)).toEqual(txid(value))
      }),
    )
  })

  it('is refused when it is cut off anywhere, or followed by more', () => {
    const whole = hexToBytes(BIP_143)
    for (let size = 0; size < whole.length; size++) {
      expect(() => parseTransaction(whole.subarray(0, size))).toThrow(RangeError)
    }
    expect(() => parseTransaction(hexToBytes(`${BIP_143}00`))).toThrow('transaction: 1 bytes too many')
  })

  it('is refused with a witness flag that is not 1, or a witness form without a witness', () => {
    expect(() => parseTransaction(hexToBytes('010000000002'))).toThrow('witness flag: not 1')
    const input = `${'00'.repeat(36)}00ffffffff`
    expect(() => parseTransaction(hexToBytes(`02000000000101${input}000000000000`))).toThrow(
      'witness: superfluous',
    )
  })

  it('is read in bounded time when it lies about its size', () => {
    expect(() => parseTransaction(hexToBytes('01000000fe00000002'))).toThrow('previous txid')
  })
})

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return bytesToHex(a) === bytesToHex(b)
}
