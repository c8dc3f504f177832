import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import { bytesToHex, equalBytes } from '../bytes.js'

/** The one door for the curve secp256k1. Nothing here throws: what is no key or no signature is not valid. */

export const SIGHASH_DEFAULT = 0x00
export const SIGHASH_ALL = 0x01

const COMPRESSED_KEY_SIZE = 33
const UNCOMPRESSED_KEY_SIZE = 65
const SCHNORR_SIZE = 64
/** noble hashes what it is given unless it is told that it is a hash. */
const OF_HASH = { prehash: false } as const

/** Whether bytes look like an ECDSA key in a form that scripts may use (STRICTENC). */
export function hasKeyForm(key: Uint8Array): boolean {
  if (key.length === COMPRESSED_KEY_SIZE) return key[0] === 0x02 || key[0] === 0x03
  return key.length === UNCOMPRESSED_KEY_SIZE && key[0] === 0x04
}

export function isCompressedKey(key: Uint8Array): boolean {
  return key.length === COMPRESSED_KEY_SIZE && hasKeyForm(key)
}

/**
 * Whether a signature of a script holds: strict DER with a low S and SIGHASH_ALL behind it (BIP 66, BIP 146, and the
 * required rules of BIP 322).
 */
export function isEcdsaValid(signature: Uint8Array, hash: Uint8Array, key: Uint8Array): boolean {
  if (signature.at(-1) !== SIGHASH_ALL || !hasKeyForm(key)) return false
  const der = signature.subarray(0, -1)
  try {
    const read = secp256k1.Signature.fromBytes(der, 'der')
    if (!equalBytes(read.toBytes('der'), der)) return false
    return secp256k1.verify(read.toBytes('compact'), hash, key, { ...OF_HASH, lowS: true })
  } catch {
    return false
  }
}

/** BIP 341: 64 bytes, or one more that says SIGHASH_ALL. `hashOf` gives what is signed under a hash type. */
export function isSchnorrValid(
  signature: Uint8Array,
  hashOf: (hashType: number) => Uint8Array,
  key: Uint8Array,
): boolean {
  const hashType = signature.length === SCHNORR_SIZE ? SIGHASH_DEFAULT : signature[SCHNORR_SIZE]
  const isWhole = signature.length === SCHNORR_SIZE || signature.length === SCHNORR_SIZE + 1
  if (!isWhole || (signature.length > SCHNORR_SIZE && hashType !== SIGHASH_ALL)) return false
  try {
    return schnorr.verify(signature.subarray(0, SCHNORR_SIZE), hashOf(hashType ?? SIGHASH_DEFAULT), key)
  } catch {
    return false
  }
}

/** The key that made a compact signature (r, s) of a hash, in both its forms; undefined when there is none. */
export function recoverKey(
  recovery: number,
  compact: Uint8Array,
  hash: Uint8Array,
): { readonly compressed: Uint8Array; readonly uncompressed: Uint8Array } | undefined {
  try {
    const point = secp256k1.Signature.fromBytes(compact, 'compact')
      .addRecoveryBit(recovery)
      .recoverPublicKey(hash)
    return { compressed: point.toBytes(true), uncompressed: point.toBytes(false) }
  } catch {
    return undefined
  }
}

/** BIP 341: the output key and its parity that an internal key and a tweak make; undefined when there is none. */
export function tweakedKey(
  internalKey: Uint8Array,
  tweak: Uint8Array,
): { readonly key: Uint8Array; readonly isOdd: boolean } | undefined {
  try {
    const internal = schnorr.utils.lift_x(toInteger(internalKey))
    const scalar = toInteger(tweak)
    if (scalar >= secp256k1.Point.Fn.ORDER) return undefined
    const point = scalar === 0n ? internal : internal.add(secp256k1.Point.BASE.multiplyUnsafe(scalar))
    const bytes = point.toBytes(true)
    return { key: bytes.subarray(1), isOdd: bytes[0] === 0x03 }
  } catch {
    return undefined
  }
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${bytesToHex(bytes)}`)
}
