import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes } from '../src/bytes.js'
import {
  boxPublicKey,
  deriveSecret,
  hmacSha256,
  openBox,
  sealBox,
  SealedBoxError,
} from '../src/sealed-box.js'

const seed = fc.uint8Array({ minLength: 32, maxLength: 32 })

describe('a sealed box', () => {
  it('opens for its key and purpose, and for no other', () => {
    fc.assert(
      fc.property(seed, seed, seed, fc.uint8Array({ maxLength: 300 }), (mine, once, other, plain) => {
        fc.pre(bytesToHex(boxPublicKey(mine)) !== bytesToHex(boxPublicKey(other)))
        const box = sealBox(boxPublicKey(mine), plain, 'owner 1', once)
        expect(openBox(mine, box, 'owner 1')).toEqual(plain)
        expect(() => openBox(mine, box, 'owner 2')).toThrow(SealedBoxError)
        expect(() => openBox(other, box, 'owner 1')).toThrow(SealedBoxError)
      }),
      { numRuns: 30 },
    )
  })

  it('does not open once a bit of it was changed, or a part is missing', () => {
    const mine = new Uint8Array(32).fill(7)
    const box = sealBox(boxPublicKey(mine), hexToBytes('00ff00ff'), 'purpose', new Uint8Array(32).fill(9))
    for (let at = 0; at < box.length; at++) {
      const changed = Uint8Array.from(box)
      changed[at]! ^= 1
      expect(() => openBox(mine, changed, 'purpose')).toThrow(SealedBoxError)
      expect(() => openBox(mine, box.subarray(0, at), 'purpose')).toThrow(SealedBoxError)
    }
  })

  it('has the public key of RFC 7748 section 6.1', () => {
    const bob = hexToBytes('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb')
    expect(bytesToHex(boxPublicKey(bob))).toBe(
      'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
    )
  })

  it('makes an HMAC like RFC 4231 case 2, and another secret for each purpose', () => {
    expect(bytesToHex(hmacSha256(new TextEncoder().encode('Jefe'), 'what do ya want for nothing?'))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
    const root = new Uint8Array(32)
    expect(deriveSecret(root, 'a')).not.toEqual(deriveSecret(root, 'b'))
  })
})
