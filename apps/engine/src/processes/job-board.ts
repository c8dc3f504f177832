import type { Job } from '@headframe/core/job/job'
import type { BlockTemplate } from '@headframe/core/template/block-template'
import type { JobArchive } from '../jobs/job-archive.js'
import type { TransactionArchive } from '../jobs/transaction-archive.js'
import type { JobFactory } from '../jobs/job-factory.js'
import type { Log } from '../log.js'
import type { ToStratum } from './messages.js'

/**
 * A job that was handed out this long ago is handed out again under a fresh id. Miners and proxies take half a minute
 * without a notify for a dead pool; whoever asks this once a second posts within that.
 */
export const REPOST_AFTER_MS = 28_000

export interface JobBoardModules {
  readonly factory: JobFactory
  readonly archive: Pick<JobArchive, 'keep'>
  readonly transactions: Pick<TransactionArchive, 'keep' | 'latest'>
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
  #postedAtMs = 0

  constructor(options: { readonly maxAgeMs: number }, modules: JobBoardModules) {
    this.#maxAgeMs = options.maxAgeMs
    this.#modules = modules
  }

  /** Undefined when there is no job. */
  get jobAgeMs(): number | undefined {
    return this.#job === undefined ? undefined : this.#modules.nowMs() - this.#job.createdAtMs
  }

  /** Returns the job, once every process was told of it. */
  post(template: BlockTemplate, isNewTip: boolean): Job {
    const { factory, nowMs } = this.#modules
    const wasRetired = this.#job === undefined
    const atMs = nowMs()
    const job = factory.build(template, isNewTip || wasRetired, atMs)
    this.#hand(job, atMs)
    if (job.transactionCount > 0) this.#modules.transactions.keep(job.transactionsId, template.transactions)
    return job
  }

  /** The age of the work is that of its template, however often it is posted again. */
  repostIfQuiet(): void {
    const { factory, nowMs } = this.#modules
    const atMs = nowMs()
    // A clock that was set back must not keep miners waiting.
    if (this.#job === undefined || Math.abs(atMs - this.#postedAtMs) < REPOST_AFTER_MS) return
    this.#hand(factory.again(this.#job), atMs)
  }

  /** Gives the job to a process that has just started. */
  greet(send: (message: ToStratum) => void): void {
    if (this.#job === undefined) return
    send({ type: 'job', job: this.#job })
    const { latest } = this.#modules.transactions
    if (latest !== undefined) send({ type: 'transactions', news: latest })
  }

  /** Work on a tip that may be long gone is not honest work. Whether it was withdrawn. */
  retireIfOld(): boolean {
    const ageMs = this.jobAgeMs
    if (ageMs === undefined || ageMs < this.#maxAgeMs) return false
    this.retire('no new template for too long')
    return true
  }

  /** Withdraws the work, so that miners go elsewhere; new ones are refused until there is work again. */
  retire(reason: string): void {
    if (this.#job === undefined) return
    this.#modules.log.error({ reason, ageMs: this.jobAgeMs }, 'closing miners until there is work again')
    this.#job = undefined
    this.#modules.broadcast({ type: 'retire' })
  }

  /** Miners first: the disk can wait. */
  #hand(job: Job, atMs: number): void {
    const { archive, log, broadcast } = this.#modules
    this.#job = job
    this.#postedAtMs = atMs
    broadcast({ type: 'job', job })
    archive.keep(job, atMs)
    const { jobId, height, cleanJobs, transactionCount } = job
    log.debug({ jobId, height, cleanJobs, transactionCount }, 'new job')
  }
}
