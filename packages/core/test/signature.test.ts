import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hexToBytes } from '../src/bytes.js'
import { isSignedBy, signingKeyOf } from '../src/signature.js'
import { bytesOfSize } from './arbitraries.js'

// RFC 8032, section 7.1, test 2.
const SEED = '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'
const KEY = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'
const SIGNATURE =
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'

it('signs as the RFC does', () => {
  const key = signingKeyOf(hexToBytes(SEED))
  expect(key.publicKey).toBe(KEY)
  expect(key.sign(Uint8Array.of(0x72))).toBe(SIGNATURE)
  expect(isSignedBy(KEY, Uint8Array.of(0x72), SIGNATURE)).toBe(true)
})

it('is refused for another message, another key, and bytes that are no signature', () => {
  expect(isSignedBy(KEY, Uint8Array.of(0x73), SIGNATURE)).toBe(false)
  expect(isSignedBy('00'.repeat(32), Uint8Array.of(0x72), SIGNATURE)).toBe(false)
  expect(isSignedBy(KEY, Uint8Array.of(0x72), SIGNATURE.slice(2))).toBe(false)
  expect(isSignedBy('no key', Uint8Array.of(0x72), 'no signature')).toBe(false)
  expect(() => signingKeyOf(new Uint8Array(31))).toThrow(/32 bytes, not 31/)
})

it('holds for every message, and not for one with a bit turned', () => {
  const bit = fc.nat({ max: 7 })
  fc.assert(
    fc.property(
      bytesOfSize(32),
      fc.uint8Array({ minLength: 1, maxLength: 80 }),
      bit,
      (seed, message, turned) => {
        const key = signingKeyOf(seed)
        const signature = key.sign(message)
        expect(isSignedBy(key.publicKey, message, signature)).toBe(true)
        const other = message.slice()
        other[0]! ^= 1 << turned
        expect(isSignedBy(key.publicKey, other, signature)).toBe(false)
      },
    ),
    { numRuns: 30 },
  )
})
