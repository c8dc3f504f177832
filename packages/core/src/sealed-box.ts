import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto'
import { bytesToHex, concatBytes, hexToBytes } from './bytes.js'

/**
 * A box that whoever has the public key can close, and only the holder of the private key can open: X25519 (RFC 7748),
 * HKDF-SHA256 and AES-256-GCM. Chance is an argument: the 32 bytes of a key pair that is used for one box.
 */
export const BOX_SEED_BYTES = 32

const PUBLIC_BYTES = 32
const TAG_BYTES = 16
/** Each box has a key of its own, so its nonce may be fixed. */
const NONCE = new Uint8Array(12)
/** What stands in front of the 32 bytes of a key in its DER forms (RFC 8410). */
const PKCS8_HEAD = hexToBytes('302e020100300506032b656e04220420')
const SPKI_HEAD = hexToBytes('302a300506032b656e032100')

export class SealedBoxError extends Error {
  override readonly name = 'SealedBoxError'
}

/** Of 32 secret bytes. */
export function boxPublicKey(seed: Uint8Array): Uint8Array {
  const spki = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' })
  return new Uint8Array(spki.subarray(SPKI_HEAD.length))
}

/** `context` says what the box is for; it opens for nothing else. `onceSeed` is fresh for each box. */
export function sealBox(
  to: Uint8Array,
  plain: Uint8Array,
  context: string,
  onceSeed: Uint8Array,
): Uint8Array {
  const once = boxPublicKey(onceSeed)
  const cipher = createCipheriv('aes-256-gcm', boxKey(onceSeed, to, once, to), NONCE)
  cipher.setAAD(Buffer.from(context))
  const body = concatBytes(cipher.update(plain), cipher.final())
  return concatBytes(once, body, cipher.getAuthTag())
}

/** Throws SealedBoxError for a box of another key or another context, and for one that was changed. */
export function openBox(seed: Uint8Array, box: Uint8Array, context: string): Uint8Array {
  try {
    const once = box.subarray(0, PUBLIC_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', boxKey(seed, once, once, boxPublicKey(seed)), NONCE)
    decipher.setAAD(Buffer.from(context))
    decipher.setAuthTag(box.subarray(-TAG_BYTES))
    return concatBytes(decipher.update(box.subarray(PUBLIC_BYTES, -TAG_BYTES)), decipher.final())
  } catch {
    throw new SealedBoxError('a sealed box does not open: it was closed for another key or another purpose')
  }
}

/** Secret bytes for one purpose out of 32 others. */
export function deriveSecret(seed: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', seed, new Uint8Array(0), purpose, BOX_SEED_BYTES))
}

/** HMAC-SHA256 (RFC 2104). */
export function hmacSha256(key: Uint8Array, message: string): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(message).digest())
}

/** Whether two secrets are the same, in a time that says nothing of where they differ. */
export function equalSecrets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

function boxKey(seed: Uint8Array, peer: Uint8Array, once: Uint8Array, to: Uint8Array): Uint8Array {
  const der = Buffer.from(concatBytes(SPKI_HEAD, peer))
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const shared = diffieHellman({ privateKey: privateKey(seed), publicKey })
  return new Uint8Array(
    hkdfSync('sha256', shared, new Uint8Array(0), `headframe box ${bytesToHex(once)} ${bytesToHex(to)}`, 32),
  )
}

function privateKey(seed: Uint8Array): KeyObject {
  if (seed.length !== BOX_SEED_BYTES) throw new RangeError(`a box key has 32 bytes, not ${seed.length}`)
  return createPrivateKey({ key: Buffer.from(concatBytes(PKCS8_HEAD, seed)), format: 'der', type: 'pkcs8' })
}
