import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes, joinBytes } from '../src/bytes.js'
import {
  fastestHasher,
  hashers,
  sha256,
  sha256d,
  sha256dInto,
  sha256Into,
  Sha256Stream,
} from '../src/hash.js'

function digest(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

function repeat(byte: number, size: number): string {
  return byte.toString(16).padStart(2, '0').repeat(size)
}

/** Around the edges of one, two and three blocks, of the memory shared with the addon, and beyond it. */
const EDGES = [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 183, 184, 192, 1023, 1024, 1025, 70_001]

/** From FIPS 180-2 and the additional examples that NIST publishes beside it. */
const VECTORS: readonly (readonly [what: string, hex: string, digest: string])[] = [
  ['nothing', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['"abc"', '616263', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'two blocks of letters',
    '6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['one byte', 'bd', '68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b'],
  ['four bytes', 'c98c8e55', '7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504'],
  ['55 zeros', repeat(0, 55), '02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7'],
  ['56 zeros', repeat(0, 56), 'd4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb'],
  ['57 zeros', repeat(0, 57), '65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785'],
  ['64 zeros', repeat(0, 64), 'f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b'],
  ['1000 zeros', repeat(0, 1000), '541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53'],
  ['1000 times "A"', repeat(0x41, 1000), 'c2e686823489ced2017f6059b8b239318b6364f6dcd835d0a519105a1eadd6e4'],
  ['1005 times "U"', repeat(0x55, 1005), 'f4d62ddec0f3dd90ea1380fa16a5ff8dc4c54b21740650f24afc4120903552b0'],
  [
    'a million times "a"',
    repeat(0x61, 1_000_000),
    'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
  ],
]

it('has a hasher that needs no compiler, and each hasher once', () => {
  const names = hashers.map(({ name }) => name)
  expect(names.at(-1)).toBe('node-crypto')
  expect(new Set(names).size).toBe(names.length)
  expect(fastestHasher).toBe(hashers[0])
})

describe.each(hashers)('the hasher $name', (hasher) => {
  it.each(VECTORS)('has the published digest of %s', (_what, hex, expected) => {
    const output = new Uint8Array(32)
    hasher.sha256Into(hexToBytes(hex), output)
    expect(bytesToHex(output)).toBe(expected)
  })

  it.each(EDGES)('hashes %d bytes once and twice as createHash does', (size) => {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 131 + (i >> 8)) & 0xff)
    const output = new Uint8Array(32)
    hasher.sha256Into(bytes, output)
    expect(output).toEqual(digest(bytes))
    hasher.sha256dInto(bytes, output)
    expect(output).toEqual(digest(digest(bytes)))
  })

  it('hashes any bytes as createHash does', () => {
    const once = new Uint8Array(32)
    const twice = new Uint8Array(32)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400, size: 'max' }), (bytes) => {
        hasher.sha256Into(bytes, once)
        hasher.sha256dInto(bytes, twice)
        expect(once).toEqual(digest(bytes))
        expect(twice).toEqual(digest(digest(bytes)))
      }),
    )
  })

  it('hashes a view, and only the view', () => {
    const memory = Uint8Array.from({ length: 2100 }, (_, i) => i & 0xff)
    const output = new Uint8Array(32)
    for (const end of [85, 2085]) {
      hasher.sha256dInto(memory.subarray(5, end), output)
      expect(output).toEqual(digest(digest(memory.slice(5, end))))
    }
  })

  it('writes 32 bytes where it is told, also over its own input', () => {
    for (const [name, expectedOf] of [
      ['sha256Into', (bytes: Uint8Array) => digest(bytes)],
      ['sha256dInto', (bytes: Uint8Array) => digest(digest(bytes))],
    ] as const) {
      const pair = Uint8Array.from({ length: 64 }, (_, i) => i)
      const expected = [...pair.subarray(0, 16), ...expectedOf(pair), ...pair.subarray(48)]
      hasher[name](pair, pair, 16)
      expect([...pair]).toEqual(expected)
    }
  })
})

describe('the door', () => {
  it('hashes once and twice', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400, size: 'max' }), (bytes) => {
        const output = new Uint8Array(40)
        sha256Into(bytes, output, 8)
        expect(output.subarray(8)).toEqual(digest(bytes))
        expect(sha256(bytes)).toEqual(digest(bytes))
        expect(sha256d(bytes)).toEqual(digest(digest(bytes)))
      }),
    )
  })

  it('writes into memory of the caller, also over its own input', () => {
    const pair = Uint8Array.from({ length: 64 }, (_, i) => i)
    const expected = sha256d(pair)
    const left = pair.subarray(0, 32)
    sha256dInto(pair, left)
    expect(left).toEqual(expected)
    expect(pair[32]).toBe(32)
  })

  it('hashes bytes that come in pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (pieces) => {
        const stream = new Sha256Stream()
        for (const piece of pieces) stream.update(piece)
        expect(stream.digest()).toEqual(sha256(joinBytes(pieces)))
      }),
    )
  })
})
