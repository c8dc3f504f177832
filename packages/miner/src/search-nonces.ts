import { writeUint32LE } from '@headframe/core/bytes'
import { HEADER_SIZE } from '@headframe/core/chain/header'
import { isHashAtMost } from '@headframe/core/chain/target'
import { sha256dInto } from '@headframe/core/hash'

/** A range of nonces of one header. All that crosses to a thread is plain data. */
export interface NonceSearch {
  /** 80 bytes; its own nonce does not matter. */
  readonly header: Uint8Array
  /** 32 bytes, little-endian: what a hash has to meet. */
  readonly target: Uint8Array
  readonly firstNonce: number
  /** `firstNonce + nonceCount` is at most 2^32. */
  readonly nonceCount: number
}

export interface FoundNonce {
  readonly nonce: number
  /** 32 bytes, internal order. */
  readonly hash: Uint8Array
}

export interface SearchResult {
  readonly found: readonly FoundNonce[]
  /** Less than `nonceCount` when more was found than `MAX_FOUND`. */
  readonly hashes: number
}

/** A search ends early when it has found so many: the target is too easy for the pool to want them all. */
export const MAX_FOUND = 64

const NONCE_OFFSET = HEADER_SIZE - 4

/** Hashes the range, and returns the nonces that meet the target. The range ends at 2^32. */
export function searchNonces(search: NonceSearch): SearchResult {
  const { target, firstNonce, nonceCount } = search
  const header = Uint8Array.from(search.header)
  const hash = new Uint8Array(32)
  const found: FoundNonce[] = []
  let nonce = firstNonce
  for (const end = firstNonce + nonceCount; nonce < end && found.length < MAX_FOUND; nonce++) {
    writeUint32LE(header, NONCE_OFFSET, nonce)
    sha256dInto(header, hash)
    if (isHashAtMost(hash, target)) found.push({ nonce, hash: Uint8Array.from(hash) })
  }
  return { found, hashes: nonce - firstNonce }
}
