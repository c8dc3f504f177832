import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes } from '../../src/bytes.js'
import {
  blockHash,
  displayHash,
  HEADER_SIZE,
  parseDisplayHash,
  parseHeader,
  serialiseHeader,
  writeHeader,
} from '../../src/chain/header.js'
import { isHashAtMost, targetOfNbits, targetToBytes } from '../../src/chain/target.js'
import { header } from '../arbitraries.js'

/** Headers of mainnet blocks, as every node serves them. */
const GENESIS =
  '0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c'
const BLOCK_125552 =
  '0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695'

const BLOCK_840000 =
  '00e05f2aab948491071265ad552351d0ad625745668da54b0172010000000000000000004f89a5d73bd4d4887f25981fe81892ccafda10c27f52d6f3dd28183a7c411b03b7072366194203177d9863ea'

describe('header', () => {
  it.each([
    [GENESIS, '000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f'],
    [BLOCK_125552, '00000000000000001e8d6829a8a21adc5d38d0a473b144b6765798e61f98bd1d'],
    [BLOCK_840000, '0000000000000000000320283a032748cef8227873ff4872689bf23f1cda83a5'],
  ])('hashes %s', (hex, hash) => {
    const bytes = hexToBytes(hex)
    expect(displayHash(blockHash(bytes))).toBe(hash)
    expect(bytesToHex(serialiseHeader(parseHeader(bytes)))).toBe(hex)
    const target = targetOfNbits(parseHeader(bytes).nbits)
    expect(isHashAtMost(parseDisplayHash(hash), targetToBytes(target!))).toBe(true)
  })

  it('writes fields as they stand in block 125552', () => {
    const out = new Uint8Array(HEADER_SIZE)
    writeHeader(
      out,
      1,
      parseDisplayHash('00000000000008a3a41b85b8b29ad444def299fee21793cd8b9e567eab02cd81'),
      parseDisplayHash('2b12fcf1b09288fcaff797d71e950e71ae42b91e8bdb2304758dfcffc2b620e3'),
      1305998791,
      0x1a44b9f2,
      2504433986,
    )
    expect(bytesToHex(out)).toBe(BLOCK_125552)
  })

  it('comes back, whatever its fields are', () => {
    fc.assert(
      fc.property(header, (fields) => {
        expect(parseHeader(serialiseHeader(fields))).toEqual(fields)
        const hash = blockHash(serialiseHeader(fields))
        expect(parseDisplayHash(displayHash(hash))).toEqual(hash)
      }),
    )
  })

  it('refuses what is not 80 bytes', () => {
    expect(() => parseHeader(hexToBytes(GENESIS).subarray(1))).toThrow('nonce')
    expect(() => parseHeader(hexToBytes(`${GENESIS}00`))).toThrow('header: 1 bytes too many')
    expect(() => parseDisplayHash('00')).toThrow('a hash has 64 hex digits, not 2')
  })
})
