import { createHash } from 'node:crypto'
import { loadMachines } from '@headframe/sha256/load-machines'
import { NativeSha256 } from '@headframe/sha256/native-sha256'
import { concatBytes } from './bytes.js'
import { CryptoHasher } from './hash/crypto-hasher.js'
import type { Hasher } from './hash/hasher.js'

/**
 * The one door for hashing: nothing else in the pool calls a hash function. Which hasher is behind these names is
 * found out once, when this is loaded; docs/decisions/0005 has what each of them costs.
 */

const utf8 = new TextEncoder()

/** Every hasher that this machine has, fastest first. */
export const hashers: readonly Hasher[] = [
  ...loadMachines().map((machine) => new NativeSha256(machine)),
  new CryptoHasher(),
]

/** The one that all functions here use. */
export const fastestHasher = hashers[0]!

/** SHA-256, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(32)
  fastestHasher.sha256Into(bytes, out)
  return out
}

/** `sha256` to the 32 bytes of `output` at `outputOffset`, which may be part of `input`. */
export function sha256Into(input: Uint8Array, output: Uint8Array, outputOffset = 0): void {
  fastestHasher.sha256Into(input, output, outputOffset)
}

/** SHA-256 twice: Bitcoin's hash of headers, transactions and Merkle nodes. 32 bytes, internal order. */
export function sha256d(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(32)
  fastestHasher.sha256dInto(bytes, out)
  return out
}

/** `sha256d` into `output`, which is exactly 32 bytes long and may be part of `input`. */
export function sha256dInto(input: Uint8Array, output: Uint8Array): void {
  fastestHasher.sha256dInto(input, output, 0)
}

/** RIPEMD-160 of SHA-256: Bitcoin's hash of keys and scripts. 20 bytes. */
export function hash160(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('ripemd160').update(sha256(bytes)).digest())
}

/** BIP 340: a hash that is another function for each tag. 32 bytes. */
export function taggedHash(tag: string, bytes: Uint8Array): Uint8Array {
  const head = sha256(utf8.encode(tag))
  return sha256(concatBytes(head, head, bytes))
}

/** SHA-256 of bytes that come in pieces. */
export class Sha256Stream {
  readonly #hash = createHash('sha256')

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes)
  }

  /** 32 bytes; nothing can be added afterwards. */
  digest(): Uint8Array {
    return new Uint8Array(this.#hash.digest())
  }
}
