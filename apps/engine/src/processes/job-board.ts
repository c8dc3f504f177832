import type { Job } from '@headframe/core/job/job'
import type { BlockTemplate } from '@headframe/core/template/block-template'
import type { JobFactory } from '../jobs/job-factory.js'
import type { Log } from '../log.js'
import type { ToStratum } from './messages.js'

export interface JobBoardModules {
  readonly factory: JobFactory
  readonly log: Log
  readonly nowMs: () => number
  /** To all stratum processes. */
  readonly broadcast: (message: ToStratum) => void
}

/** The job that is handed out now: made from each template, told to every process, withdrawn when it is too old. */
export class JobBoard {
  readonly #maxAgeMs: number
  readonly #modules: JobBoardModules
  #job: Job | undefined

  constructor(options: { readonly maxAgeMs: number }, modules: JobBoardModules) {
    this.#maxAgeMs = options.maxAgeMs
    this.#modules = modules
  }

  /** Undefined when there is no job. */
  get jobAgeMs(): number | undefined {
    return this.#job === undefined ? undefined : this.#modules.nowMs() - this.#job.createdAtMs
  }

  post(template: BlockTemplate, isNewTip: boolean): void {
    const { factory, log, nowMs, broadcast } = this.#modules
    const wasRetired = this.#job === undefined
    this.#job = factory.build(template, isNewTip || wasRetired, nowMs())
    broadcast({ type: 'job', job: this.#job })
    const { jobId, height, cleanJobs, transactionCount } = this.#job
    log.debug({ jobId, height, cleanJobs, transactionCount }, 'new job')
  }

  /** Gives the job to a process that has just started. */
  greet(send: (message: ToStratum) => void): void {
    if (this.#job !== undefined) send({ type: 'job', job: this.#job })
  }

  /** Work on a tip that may be long gone is not honest work: withdraws it, so that miners go elsewhere. */
  retireIfOld(): void {
    const ageMs = this.jobAgeMs
    if (ageMs === undefined || ageMs < this.#maxAgeMs) return
    this.#job = undefined
    this.#modules.log.error({ ageMs }, 'no new template for too long; closing miners until the node is back')
    this.#modules.broadcast({ type: 'retire' })
  }
}
