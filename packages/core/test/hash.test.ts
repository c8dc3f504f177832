import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes, joinBytes } from '../src/bytes.js'
import { sha256, sha256d, sha256dInto, Sha256Stream } from '../src/hash.js'

function digest(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

describe('sha256', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['616263', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      '6162636462636465636465666465666765666768666768696768696a68696a6b696a6b6c6a6b6c6d6b6c6d6e6c6d6e6f6d6e6f706e6f7071',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
  ])('has the vectors of FIPS 180-2: %s', (hex, expected) => {
    expect(bytesToHex(sha256(hexToBytes(hex)))).toBe(expected)
  })

  it('is what createHash computes, once and twice', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400, size: 'max' }), (bytes) => {
        expect(sha256(bytes)).toEqual(digest(bytes))
        expect(sha256d(bytes)).toEqual(digest(digest(bytes)))
      }),
    )
  })

  it('hashes a view, and only the view', () => {
    const memory = Uint8Array.from({ length: 90 }, (_, i) => i)
    expect(sha256d(memory.subarray(5, 85))).toEqual(sha256d(memory.slice(5, 85)))
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
