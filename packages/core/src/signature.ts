import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { bytesToHex, concatBytes, hexToBytes } from './bytes.js'

/**
 * Ed25519 (RFC 8032): the one door for signatures. A signature is a function of key and message, so that the same
 * document always has the same one.
 */
export const SEED_BYTES = 32
export const PUBLIC_KEY_BYTES = 32
export const SIGNATURE_BYTES = 64

/** What stands in front of the 32 bytes of a key in its DER forms (RFC 8410). */
const PKCS8_HEAD = hexToBytes('302e020100300506032b657004220420')
const SPKI_HEAD = hexToBytes('302a300506032b6570032100')

/** A private key that is ready to sign, with the public key that goes with it as hex. */
export interface SigningKey {
  readonly publicKey: string
  /** 64 bytes as hex. */
  sign(message: Uint8Array): string
}

/** Of 32 secret bytes. Throws RangeError for any other number of them. */
export function signingKeyOf(seed: Uint8Array): SigningKey {
  if (seed.length !== SEED_BYTES) throw new RangeError(`a signing key has 32 bytes, not ${seed.length}`)
  const der = Buffer.from(concatBytes(PKCS8_HEAD, seed))
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' })
  return {
    publicKey: bytesToHex(spki.subarray(SPKI_HEAD.length)),
    sign: (message) => sign(null, message, secret).toString('hex'),
  }
}

/** Whether `signature` is that of `message`; both keys and signatures as hex. Never throws. */
export function isSignedBy(publicKey: string, message: Uint8Array, signature: string): boolean {
  try {
    const bytes = hexToBytes(signature)
    return bytes.length === SIGNATURE_BYTES && verify(null, message, keyObject(publicKey), bytes)
  } catch {
    return false
  }
}

function keyObject(publicKey: string): KeyObject {
  const der = Buffer.from(concatBytes(SPKI_HEAD, hexToBytes(publicKey)))
  return createPublicKey({ key: der, format: 'der', type: 'spki' })
}
