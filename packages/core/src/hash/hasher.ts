import type { Job } from '../job/job.js'

/** One way of computing SHA-256. Every hasher gives the same hashes; they differ in what a hash costs. */
export interface Hasher {
  readonly name: 'sha-ni' | 'armv8-sha2' | 'portable-c' | 'node-crypto'

  /** SHA-256 of `input` to the 32 bytes at `outputOffset`, which may be part of `input`. */
  sha256Into(input: Uint8Array, output: Uint8Array, outputOffset?: number): void

  /** SHA-256 twice, likewise. */
  sha256dInto(input: Uint8Array, output: Uint8Array, outputOffset?: number): void

  /**
   * Header (80 bytes) and header hash (32) of a share, in one call. Absent where that would be no faster than the
   * steps one by one; `share/share-hasher.ts` then takes them.
   */
  hashShare?(
    header: Uint8Array,
    hash: Uint8Array,
    job: Pick<Job, 'prevHash' | 'nbits' | 'coinbasePrefix' | 'coinbaseSuffix' | 'merklePath'>,
    extranonce1: Uint8Array,
    extranonce2: Uint8Array,
    version: number,
    ntime: number,
    nonce: number,
  ): void
}
