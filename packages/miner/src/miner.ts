import { isHashAtMost, targetOfDifficulty, targetOfNbits, targetToBytes } from '@headframe/core/chain/target'
import type { Hasher } from './hasher.js'
import { Pace } from './pace.js'
import type { PoolJob } from './pool-job.js'
import { Extranonce2Dealer, SearchSpace } from './search-space.js'
import type { FoundNonce } from './search-nonces.js'
import type { SubmitAnswer } from './share-fields.js'
import type { StratumClient } from './stratum-client.js'

/** A share as it was submitted, and what the pool said. */
export interface MinedShare {
  readonly job: PoolJob
  /** 32 bytes, internal order. */
  readonly hash: Uint8Array
  /** Whether the hash meets the network's target. */
  readonly isBlock: boolean
  readonly answer: SubmitAnswer
}

export interface MinerOptions {
  /** Hashes a second of all threads together; Infinity for as fast as they go. */
  readonly maxHashrate: number
}

export interface MinerModules {
  readonly client: StratumClient
  /** One a thread. */
  readonly hashers: readonly Hasher[]
  readonly nowMs: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly onHashes: (count: number) => void
  readonly onShare: (share: MinedShare) => void
}

/** Mines what one connection hands out, until it closes. */
export class Miner {
  readonly #options: MinerOptions
  readonly #modules: MinerModules
  readonly #dealer = new Extranonce2Dealer()
  readonly #submits = new Set<Promise<void>>()

  constructor(options: MinerOptions, modules: MinerModules) {
    this.#options = options
    this.#modules = modules
  }

  /** Resolves when the connection has closed. Rejects when no job comes, or a thread fails. */
  async run(): Promise<void> {
    await this.#modules.client.jobWhere()
    await Promise.all(this.#modules.hashers.map((hasher) => this.#mine(hasher)))
    await Promise.all(this.#submits)
  }

  async #mine(hasher: Hasher): Promise<void> {
    const { client, hashers, nowMs, sleep, onHashes } = this.#modules
    const pace = new Pace(this.#options.maxHashrate / hashers.length)
    const space = new SearchSpace(this.#dealer)
    while (client.isOpen) {
      const job = await client.jobWhere()
      const slice = space.take(job, pace.sliceHashes)
      const startedMs = nowMs()
      const { found, hashes } = await hasher.search({
        ...slice,
        target: targetToBytes(targetOfDifficulty(job.difficulty)),
      })
      onHashes(hashes)
      for (const hit of found) this.#submit(job, slice.extranonce2, hit)
      const restMs = pace.restMs(startedMs, nowMs(), hashes)
      if (restMs > 0) await sleep(restMs)
    }
  }

  /** Sends a share unless the pool has dropped its job meanwhile; hashing goes on while the answer is awaited. */
  #submit(job: PoolJob, extranonce2: Uint8Array, { nonce, hash }: FoundNonce): void {
    const { client, onShare } = this.#modules
    if (client.pool.jobOf(job.jobId) !== job) return
    const isBlock = isHashAtMost(hash, targetToBytes(targetOfNbits(job.nbits) ?? 0n))
    const submit = client.submit({ jobId: job.jobId, extranonce2, ntime: job.ntime, nonce }).then(
      (answer) => onShare({ job, hash, isBlock, answer }),
      // The connection closed before the answer: nobody knows what became of the share.
      () => undefined,
    )
    this.#submits.add(submit)
    void submit.finally(() => this.#submits.delete(submit))
  }
}
