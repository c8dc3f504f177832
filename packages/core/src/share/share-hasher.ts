import { writeHeader } from '../chain/header.js'
import { rootFromPathInto } from '../chain/merkle.js'
import { fastestHasher } from '../hash.js'
import type { Hasher } from '../hash/hasher.js'
import { coinbaseSize, writeCoinbase } from '../job/coinbase.js'
import type { Job } from '../job/job.js'

/** Room for the usual coinbase; it doubles when a job's is longer. */
const FIRST_COINBASE_BYTES = 512

/** What of a job its shares are made of. */
export type HashedJob = Pick<Job, 'prevHash' | 'nbits' | 'coinbasePrefix' | 'coinbaseSuffix' | 'merklePath'>

/** From a miner's numbers to the hash of his header. Keeps scratch memory, and allocates nothing a share. */
export class ShareHasher {
  readonly #hasher: Hasher
  readonly #root = new Uint8Array(32)
  #coinbase = new Uint8Array(FIRST_COINBASE_BYTES)

  constructor(hasher: Hasher = fastestHasher) {
    this.#hasher = hasher
  }

  /** Writes the header (80 bytes) and its hash (32). The extranonces have the sizes of `job.ts`. */
  hash(
    header: Uint8Array,
    hash: Uint8Array,
    job: HashedJob,
    extranonce1: Uint8Array,
    extranonce2: Uint8Array,
    version: number,
    ntime: number,
    nonce: number,
  ): void {
    const hasher = this.#hasher
    if (hasher.hashShare !== undefined) {
      hasher.hashShare(header, hash, job, extranonce1, extranonce2, version, ntime, nonce)
      return
    }
    // Coinbase -> txid -> root -> header -> hash.
    hasher.sha256dInto(this.#coinbaseOf(job, extranonce1, extranonce2), this.#root, 0)
    rootFromPathInto(this.#root, this.#root, job.merklePath, hasher)
    writeHeader(header, version, job.prevHash, this.#root, ntime, job.nbits, nonce)
    hasher.sha256dInto(header, hash, 0)
  }

  #coinbaseOf(job: HashedJob, extranonce1: Uint8Array, extranonce2: Uint8Array): Uint8Array {
    const size = coinbaseSize(job)
    if (size > this.#coinbase.length) this.#coinbase = new Uint8Array(2 * size)
    writeCoinbase(this.#coinbase, job, extranonce1, extranonce2)
    return this.#coinbase.subarray(0, size)
  }
}
