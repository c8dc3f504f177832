import fc from 'fast-check'
import { script as oracle } from 'bitcoinjs-lib'
import { describe, expect, it } from 'vitest'
import { bytesToHex, concatBytes, hexToBytes } from '../../src/bytes.js'
import { parseBlock } from '../../src/chain/block.js'
import { heightOfCoinbaseScript, heightPush, pushData } from '../../src/chain/script.js'
import { blockVectors } from '../read-vectors.js'

const height = fc.integer({ min: 0, max: 0x7fffffff })

describe('heightPush', () => {
  // What `CScript() << nHeight` gives: opcodes up to 16, then the shortest signed number.
  it.each([
    [0, '00'],
    [1, '51'],
    [2, '52'],
    [15, '5f'],
    [16, '60'],
    [17, '0111'],
    [127, '017f'],
    [128, '028000'],
    [255, '02ff00'],
    [256, '020001'],
    [32767, '02ff7f'],
    [32768, '03008000'],
    [65535, '03ffff00'],
    [65536, '03000001'],
    [227_931, '035b7a03'],
    [840_000, '0340d10c'],
    [8_388_607, '03ffff7f'],
    [8_388_608, '0400008000'],
    [0x7fffffff, '04ffffff7f'],
  ])('of %d is %s', (value, hex) => {
    expect(bytesToHex(heightPush(value))).toBe(hex)
    expect(heightOfCoinbaseScript(hexToBytes(hex))).toBe(value)
  })

  it.each([-1, 0.5, NaN, 0x80000000])('refuses %d', (value) => {
    expect(() => heightPush(value)).toThrow(RangeError)
  })

  it('is the number as scripts count, by another implementation', () => {
    fc.assert(
      fc.property(height, (value) => {
        fc.pre(value > 16)
        expect([...heightPush(value)]).toEqual([...oracle.compile([oracle.number.encode(value)])])
      }),
    )
  })

  it('comes back, whatever follows', () => {
    fc.assert(
      fc.property(height, fc.uint8Array({ maxLength: 20 }), (value, rest) => {
        expect(heightOfCoinbaseScript(concatBytes(heightPush(value), rest))).toBe(value)
      }),
    )
  })
})

describe('heightOfCoinbaseScript', () => {
  it.each(blockVectors().filter(({ height }) => height > 227_930))(
    'of $network $height',
    ({ hex, height }) => {
      expect(heightOfCoinbaseScript(parseBlock(hexToBytes(hex)).transactions[0]!.inputs[0]!.script)).toBe(
        height,
      )
    },
  )

  it.each(['', '61', '02ff', '0110', '020100', '0180', '0400008080', '05ffffff7f00', '05ffffffff00', 'ff'])(
    'is none of %j',
    (hex) => {
      expect(heightOfCoinbaseScript(hexToBytes(hex))).toBeNull()
    },
  )

  it('is no other script than heightPush writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 8, max: 0x61 }), (bytes) => {
        const value = heightOfCoinbaseScript(bytes)
        if (value === null) return
        const head = heightPush(value)
        expect(bytes.subarray(0, head.length)).toEqual(head)
      }),
    )
  })
})

describe('pushData', () => {
  it.each([
    [0, '00'],
    [1, '01'],
    [75, '4b'],
    [76, '4c4c'],
    [255, '4cff'],
    [256, '4d0001'],
    [65535, '4dffff'],
  ])('of %d bytes begins %s', (size, head) => {
    const push = pushData(new Uint8Array(size).fill(0xaa))
    expect(bytesToHex(push.subarray(0, head.length / 2))).toBe(head)
    expect(push).toHaveLength(size + head.length / 2)
    // One chunk, the same bytes: no opcode sees them.
    if (size > 0) expect(oracle.decompile(push)).toEqual([new Uint8Array(size).fill(0xaa)])
  })

  it('refuses more', () => {
    expect(() => pushData(new Uint8Array(65536))).toThrow(RangeError)
  })
})
