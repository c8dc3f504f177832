import type { Job } from '@headframe/core/job/job'
import { buildJob } from '@headframe/core/job/build-job'
import type { BlockTemplate } from '@headframe/core/template/block-template'

export interface JobFactoryOptions {
  /** Where the block's whole value goes. */
  readonly poolScript: Uint8Array
  readonly poolTag: string
  /** Any 32-bit number, a new one at each start: ids of an earlier run mean nothing to this one. */
  readonly firstJobNumber: number
}

/** Makes jobs with ids that were never used, in the primary, once for all stratum processes. */
export class JobFactory {
  readonly #options: JobFactoryOptions
  #jobNumber: number

  constructor(options: JobFactoryOptions) {
    this.#options = options
    this.#jobNumber = options.firstJobNumber
  }

  build(template: BlockTemplate, cleanJobs: boolean, createdAtMs: number): Job {
    this.#jobNumber = (this.#jobNumber + 1) >>> 0
    const jobId = this.#jobNumber.toString(16).padStart(8, '0')
    const { poolScript, poolTag } = this.#options
    return buildJob({ template, jobId, poolScript, poolTag, cleanJobs, createdAtMs })
  }
}
