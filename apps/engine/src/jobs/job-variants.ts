import type { Job } from '@headframe/core/job/job'
import { classVariants, soloVariant, variantWithin } from '@headframe/core/job/job-variant'

/** Who a session's jobs pay: on a solo port its miner. */
export interface Payout {
  readonly address: string
  readonly script: Uint8Array
}

/** Variants kept for solo miners, half a kilobyte each; the oldest is let go first, and made again when it is needed. */
export const MAX_SOLO_VARIANTS = 65_536

/**
 * The jobs as sessions hold them: by the size of their client, and for solo miners by who is paid. The same object each
 * time, because the hasher and the journal know a job by it.
 */
export class JobVariants {
  readonly #maxSolo: number
  readonly #classes = new WeakMap<Job, readonly Job[]>()
  /** In the order in which they were made. */
  readonly #solo = new Map<string, Job>()

  constructor(maxSolo = MAX_SOLO_VARIANTS) {
    this.#maxSolo = maxSolo
  }

  /** What a client that takes so large a coinbase was sent of the job; one that takes none was sent nothing. */
  within(job: Job, maxCoinbaseBytes: number): Job {
    if (job.largerSuffixes.length === 0) return job
    let variants = this.#classes.get(job)
    if (variants === undefined) {
      variants = classVariants(job)
      this.#classes.set(job, variants)
    }
    return variantWithin(variants, maxCoinbaseBytes) ?? job
  }

  payingTo(job: Job, { address, script }: Payout): Job {
    const key = `${job.jobId}/${address}`
    let variant = this.#solo.get(key)
    if (variant === undefined) {
      if (this.#solo.size >= this.#maxSolo) this.#solo.delete(firstOf(this.#solo))
      variant = soloVariant(job, script)
      this.#solo.set(key, variant)
    }
    return variant
  }
}

function firstOf(map: ReadonlyMap<string, unknown>): string {
  const [first] = map.keys()
  return first!
}
