import type { PoolJob } from './pool-job.js'
import { extranonce2Of, shareHeader } from './share-header.js'

/** Part of a job's space: one extranonce2, some nonces. */
export interface SpaceSlice {
  readonly extranonce2: Uint8Array
  readonly header: Uint8Array
  readonly firstNonce: number
  readonly nonceCount: number
}

const NONCES = 2 ** 32

/** Deals out the extranonce2 values of a job, each once, to all threads. */
export class Extranonce2Dealer {
  #jobId = ''
  #next = 0

  deal(job: PoolJob): Uint8Array {
    if (job.jobId !== this.#jobId) {
      this.#jobId = job.jobId
      this.#next = 0
    }
    return extranonce2Of(this.#next++, job.extranonce2Size)
  }
}

/** What one thread has still to search: all nonces of one extranonce2, then the next one. */
export class SearchSpace {
  readonly #dealer: Extranonce2Dealer
  #job: PoolJob | undefined
  #extranonce2: Uint8Array = new Uint8Array(0)
  #header: Uint8Array = new Uint8Array(0)
  #nextNonce = 0

  constructor(dealer: Extranonce2Dealer) {
    this.#dealer = dealer
  }

  /** At most `hashes` nonces that no one was given before. */
  take(job: PoolJob, hashes: number): SpaceSlice {
    if (job !== this.#job || this.#nextNonce >= NONCES) this.#begin(job)
    const firstNonce = this.#nextNonce
    const nonceCount = Math.min(hashes, NONCES - firstNonce)
    this.#nextNonce += nonceCount
    return { extranonce2: this.#extranonce2, header: this.#header, firstNonce, nonceCount }
  }

  #begin(job: PoolJob): void {
    this.#job = job
    this.#extranonce2 = this.#dealer.deal(job)
    this.#header = shareHeader(job, { extranonce2: this.#extranonce2, ntime: job.ntime, nonce: 0 })
    this.#nextNonce = 0
  }
}
