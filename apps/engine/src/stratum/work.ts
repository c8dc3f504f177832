import { coinbaseSize } from '@headframe/core/job/coinbase'
import type { Job } from '@headframe/core/job/job'
import { classVariants, soloVariant } from '@headframe/core/job/job-variant'
import { jobNumberOf, positionOf } from '@headframe/core/stratum/job-position'
import { notifyTemplate, withSuffix, type NotifyTemplate } from '@headframe/core/stratum/notify'
import type { Payout } from '../jobs/job-variants.js'
import { WorkLine } from './work-line.js'

/** Lines kept for solo miners, some 3 KB each, as long as the job is the newest; those of others are made each time. */
const MAX_SOLO_LINES = 16_384
const FIRST_ALIAS = 0

/** A job ready to go out: a line for each size of coinbase, and one for each solo miner's address. */
export class Work {
  readonly job: Job
  /** Of the job's first alias, which is what everybody gets. */
  readonly position: number
  /** Of the job with which its tip came: who has had none since works on an older one. */
  readonly cleanPosition: number
  readonly #template: NotifyTemplate
  /** The smallest first. */
  readonly #lines: readonly WorkLine[]
  readonly #soloLines = new Map<string, WorkLine>()

  /** `before`: the work that it replaces. */
  constructor(job: Job, before?: Work) {
    this.job = job
    this.position = positionOf(jobNumberOf(job.jobId), FIRST_ALIAS)
    this.cleanPosition = job.cleanJobs ? this.position : (before?.cleanPosition ?? this.position)
    this.#template = notifyTemplate(job)
    this.#lines = classVariants(job).map((variant) => this.#lineOf(variant))
  }

  /** The largest variant that a client takes; the smallest for one that takes none. */
  within(maxCoinbaseBytes: number): WorkLine {
    for (let index = this.#lines.length - 1; index > 0; index--) {
      const line = this.#lines[index]!
      if (line.coinbaseBytes <= maxCoinbaseBytes) return line
    }
    return this.#lines[0]!
  }

  /** For the solo miners of an address. */
  payingTo({ address, script }: Payout): WorkLine {
    const known = this.#soloLines.get(address)
    if (known !== undefined) return known
    const line = this.#lineOf(soloVariant(this.job, script))
    if (this.#soloLines.size < MAX_SOLO_LINES) this.#soloLines.set(address, line)
    return line
  }

  #lineOf(variant: Job): WorkLine {
    const template = withSuffix(this.#template, variant.coinbaseSuffix)
    return new WorkLine(template, coinbaseSize(variant), this.job.cleanJobs)
  }
}
