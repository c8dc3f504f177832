import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ByteReader,
  bytesToHex,
  compactSize,
  compareBytes,
  concatBytes,
  equalBytes,
  hexToBytes,
  joinBytes,
  MAX_COMPACT_SIZE,
  reversedBytes,
  uint32LE,
  uint64LE,
  writeUint32LE,
} from '../src/bytes.js'

describe('hex', () => {
  it('is what Node writes, and comes back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const hex = bytesToHex(bytes)
        expect(hex).toBe(Buffer.from(bytes).toString('hex'))
        expect(hexToBytes(hex)).toEqual(bytes)
        expect(hexToBytes(hex.toUpperCase())).toEqual(bytes)
      }),
    )
  })

  it.each(['0', 'abc', 'zz', '0g', 'g0', '0x', ' 0', '0\n', '-1', '١٢', '\u0130a', '0\u{10000}'])(
    'refuses %j',
    (text) => {
      expect(() => hexToBytes(text)).toThrow(RangeError)
    },
  )

  it('refuses every text with a character that is not a hex digit', () => {
    const digit = fc.constantFrom(...Array.from('0123456789abcdefABCDEF'))
    const other = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })
    fc.assert(
      fc.property(fc.array(digit), other, fc.array(digit), (before, character, after) => {
        fc.pre(!/^[0-9a-fA-F]$/.test(character))
        const text = [...before, character, ...after].join('')
        expect(() => hexToBytes(text)).toThrow(RangeError)
      }),
    )
  })
})

describe('order and copies', () => {
  it('concatenates', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 9 })), (parts) => {
        expect(concatBytes(...parts)).toEqual(Uint8Array.from(parts.flatMap((part) => [...part])))
        expect(joinBytes(parts)).toEqual(concatBytes(...parts))
      }),
    )
  })

  it('joins more parts than a call has arguments', () => {
    expect(joinBytes(Array.from({ length: 300_000 }, () => Uint8Array.of(7)))).toHaveLength(300_000)
  })

  it('reverses a copy, also of a Buffer', () => {
    const bytes = Buffer.from([1, 2, 3])
    expect([...reversedBytes(bytes)]).toEqual([3, 2, 1])
    expect([...bytes]).toEqual([1, 2, 3])
  })

  it('compares as Buffer.compare does', () => {
    const few = fc.uint8Array({ max: 2, maxLength: 4 })
    fc.assert(
      fc.property(few, few, (a, b) => {
        expect(compareBytes(a, b)).toBe(Buffer.compare(a, b))
        expect(equalBytes(a, b)).toBe(Buffer.compare(a, b) === 0)
      }),
    )
  })
})

describe('integers', () => {
  it('writes the low 32 bits, as DataView does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -0x80000000, max: 0xffffffff }), (value) => {
        const out = new Uint8Array(6).fill(0xee)
        writeUint32LE(out, 1, value)
        const view = new DataView(out.buffer)
        expect(view.getUint32(1, true)).toBe(value >>> 0)
        expect([out[0], out[5]]).toEqual([0xee, 0xee])
        expect(uint32LE(value)).toEqual(out.subarray(1, 5))
      }),
    )
  })

  it.each([
    [0, '00'],
    [252, 'fc'],
    [253, 'fdfd00'],
    [255, 'fdff00'],
    [0x3419, 'fd1934'],
    [0xffff, 'fdffff'],
    [0x10000, 'fe00000100'],
    [MAX_COMPACT_SIZE, 'fe00000002'],
    [0xffffffff, 'feffffffff'],
  ])('writes the size %d as %s', (size, hex) => {
    expect(bytesToHex(compactSize(size))).toBe(hex)
  })

  it.each([-1, 1.5, NaN, Infinity, 2 ** 32])('refuses the size %d', (size) => {
    expect(() => compactSize(size)).toThrow(RangeError)
  })
})

describe('ByteReader', () => {
  it('reads what was written, field by field', () => {
    fc.assert(
      fc.property(
        fc.nat(0xff),
        fc.nat(0xffff),
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.integer({ min: 0, max: MAX_COMPACT_SIZE }),
        fc.uint8Array({ maxLength: 20 }),
        (u8, u16, u32, u64, size, tail) => {
          const head = [Uint8Array.of(u8, u16 & 0xff, u16 >>> 8), uint32LE(u32), uint64LE(u64)]
          const whole = concatBytes(Uint8Array.of(1, 2), ...head, compactSize(size), tail)
          // A view that does not begin where its memory does.
          const reader = new ByteReader(whole.subarray(2))
          expect([reader.u8(), reader.u16(), reader.u32(), reader.u64()]).toEqual([u8, u16, u32, u64])
          expect(reader.offset).toBe(15)
          expect(reader.compactSize()).toBe(size)
          expect(reader.remaining).toBe(tail.length)
          expect(reader.bytes(tail.length)).toEqual(tail)
          reader.end()
        },
      ),
    )
  })

  it('names what it could not read, and stays where it was', () => {
    const reader = new ByteReader(Uint8Array.of(1, 2, 3))
    expect(() => reader.u32('locktime')).toThrow(
      new RangeError('locktime: 4 bytes wanted at offset 0, 3 left'),
    )
    expect(() => reader.bytes(4, 'script')).toThrow('script: 4 bytes wanted')
    expect(reader.u16()).toBe(0x0201)
    expect(() => {
      reader.end('block')
    }).toThrow('block: 1 bytes too many')
  })

  it.each(['fd', 'fd01', 'fefd0000', 'ff00000000000000'])('refuses a size cut off: %s', (hex) => {
    expect(() => new ByteReader(hexToBytes(hex)).compactSize('outputs')).toThrow(/^outputs: /)
  })

  it.each(['fd0000', 'fdfc00', 'fe00000000', 'feffff0000', 'ff0000000000000000', 'ffffffffff00000000'])(
    'refuses a size longer than it needs to be: %s',
    (hex) => {
      expect(() => new ByteReader(hexToBytes(hex)).compactSize()).toThrow('not in its shortest form')
    },
  )

  it.each(['fe01000002', 'feffffffff', 'ff0000000001000000', 'ffffffffffffffffff'])(
    'refuses a size that no node would send: %s',
    (hex) => {
      expect(() => new ByteReader(hexToBytes(hex)).compactSize()).toThrow('too large')
    },
  )
})
