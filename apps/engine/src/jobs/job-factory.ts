import type { Job } from '@headframe/core/job/job'
import type { CoinbasePlan } from '@headframe/core/job/coinbase-plan'
import type { DirectSplit } from '@headframe/core/job/direct-split'
import { buildJob } from '@headframe/core/job/build-job'
import { renumberJob } from '@headframe/core/job/renumber-job'
import type { BlockTemplate } from '@headframe/core/template/block-template'

/**
 * Job numbers left out at a start: an earlier run may have handed out jobs that did not reach the disk before it was
 * killed or the power was lost, and their ids must not come back for other work. An hour of jobs on a busy day.
 */
export const NUMBERS_LEFT_OUT = 256
/** Where a pool without a past begins is below this: there is then room for 2^31 jobs, a job a second for 68 years. */
const MAX_FIRST_NUMBER = 2 ** 31

/**
 * The number of the first job of this run. `lastJobNumber` is the highest of earlier runs; without one any
 * number will do, so chance decides (`random32` is any 32-bit number): miners then hardly meet an id twice even when
 * the data folder is thrown away.
 */
export function firstJobNumber(lastJobNumber: number | undefined, random32: number): number {
  return lastJobNumber === undefined ? random32 % MAX_FIRST_NUMBER : lastJobNumber + 1 + NUMBERS_LEFT_OUT
}

export interface JobFactoryOptions {
  /** Who is paid by a block. */
  readonly plan: CoinbasePlan
  /** Whom the coinbases of direct ports pay now; undefined when they pay the pool alone. */
  readonly directSplit?: () => DirectSplit | undefined
  readonly poolTag: string
  readonly firstJobNumber: number
}

/** Makes jobs with ids that were never used and grow by one, in the primary, once for all stratum processes. */
export class JobFactory {
  readonly #options: JobFactoryOptions
  #nextJobNumber: number

  constructor(options: JobFactoryOptions) {
    this.#options = options
    this.#nextJobNumber = options.firstJobNumber
  }

  build(template: BlockTemplate, cleanJobs: boolean, createdAtMs: number): Job {
    const { plan, poolTag, directSplit } = this.#options
    const parts = { template, plan, direct: directSplit?.(), poolTag }
    return buildJob({ ...parts, jobId: this.#nextId(), cleanJobs, createdAtMs })
  }

  /** The same work as `job` under a fresh id. */
  again(job: Job): Job {
    return renumberJob(job, this.#nextId())
  }

  #nextId(): string {
    return (this.#nextJobNumber++).toString(16).padStart(8, '0')
  }
}
