import { equalBytes } from '@headframe/core/bytes'
import type { Job } from '@headframe/core/job/job'
import { jobNumberOf } from '@headframe/core/stratum/job-position'
import { RESUME_WINDOW_MS } from './resume-window.js'

/**
 * How a job stands: `active` is the newest, `past` jobs are older on the same tip and as good as the active one,
 * `stale` jobs are on a tip that is no longer the best.
 */
export type JobState = 'active' | 'past' | 'stale'

/** Jobs kept; the oldest is forgotten first, and a share of it is then answered `job-not-found`. */
export const MAX_JOBS = 64

/**
 * Tips on which a share may still be credited: the best one, and those before it for as long as their grace lasts, but
 * no more, because their shares have to be remembered (`share/seen-shares`).
 */
export const CREDITABLE_TIPS = 4

interface Entry {
  readonly job: Job
  readonly number: number
  readonly addedAtMs: number
  /** Which tip it is on, counted from the first that this process knew. */
  readonly tipNumber: number
  state: JobState
  staleSinceMs: number | undefined
}

/**
 * The jobs one stratum process knows, newest last. Each holds the transactions of its block (about 2 MB on mainnet),
 * so they are forgotten by age too: nobody may come back for an older one.
 */
export class JobStore {
  /** By job id, which the variants of a job share. Insertion order is age. */
  readonly #entries = new Map<string, Entry>()
  readonly #byNumber = new Map<number, Job>()
  /** What tells whether another job is on a new tip; undefined when every job is stale. */
  #newest: Job | undefined
  #tipNumber = 0

  /** Whether there is a job that miners may work on. */
  get hasWork(): boolean {
    return this.#newest !== undefined
  }

  /** Undefined for a job that was forgotten. */
  stateOf(job: Job): JobState | undefined {
    return this.#entries.get(job.jobId)?.state
  }

  /**
   * When another tip took the place of the job's, ms since the epoch. Undefined for a job that is not stale, and where
   * no share can be merely late: the pool had no honest work left, or `CREDITABLE_TIPS` have come since.
   */
  staleSinceMs(job: Job): number | undefined {
    const entry = this.#entries.get(job.jobId)
    return entry === undefined ? undefined : this.#staleSinceMs(entry)
  }

  /** Undefined for a number that was never used, or whose job was forgotten. */
  byNumber(jobNumber: number): Job | undefined {
    return this.#byNumber.get(jobNumber)
  }

  /** Jobs whose shares may still be worth something: on the best tip, or on one that was the best until `sinceMs`. */
  creditable(sinceMs: number): Job[] {
    const jobs: Job[] = []
    for (const entry of this.#entries.values()) {
      const staleSinceMs = this.#staleSinceMs(entry)
      if (entry.state !== 'stale' || (staleSinceMs !== undefined && staleSinceMs >= sinceMs))
        jobs.push(entry.job)
    }
    return jobs
  }

  /** A job that miners were given before this process lived, in the order of age; it is not handed out. */
  addPast(job: Job, postedAtMs: number): void {
    this.#append(job, 'past', postedAtMs)
  }

  /** The work from now on; it may be on a new tip. `atMs` is now, if that is later than its template. */
  add(job: Job, atMs: number = job.createdAtMs): void {
    this.#append(job, 'active', atMs)
    this.#forgetOld(atMs)
  }

  /** The node has been away for too long: no job is worth working on. They stay known, so that a block still counts. */
  retire(): void {
    for (const entry of this.#entries.values()) entry.state = 'stale'
    this.#newest = undefined
  }

  #append(job: Job, state: JobState, atMs: number): void {
    const isSameTip = this.#newest !== undefined && equalBytes(this.#newest.prevHash, job.prevHash)
    for (const older of this.#entries.values()) {
      if (older.state === 'stale') continue
      older.state = isSameTip ? 'past' : 'stale'
      if (!isSameTip) older.staleSinceMs = atMs
    }
    if (!isSameTip) this.#tipNumber++
    const number = jobNumberOf(job.jobId)
    // The active job may be among the past ones that a process begins with.
    this.#forget(this.#byNumber.get(number))
    const tipNumber = this.#tipNumber
    this.#entries.set(job.jobId, { job, number, addedAtMs: atMs, tipNumber, state, staleSinceMs: undefined })
    this.#byNumber.set(number, job)
    this.#newest = job
    if (this.#entries.size > MAX_JOBS) this.#forget(this.#oldest()?.job)
  }

  #staleSinceMs({ tipNumber, staleSinceMs }: Entry): number | undefined {
    return this.#tipNumber - tipNumber < CREDITABLE_TIPS ? staleSinceMs : undefined
  }

  #forgetOld(nowMs: number): void {
    for (let entry = this.#oldest(); entry !== undefined; entry = this.#oldest()) {
      if (nowMs - entry.addedAtMs <= RESUME_WINDOW_MS) return
      this.#forget(entry.job)
    }
  }

  #oldest(): Entry | undefined {
    const [oldest] = this.#entries.values()
    return oldest
  }

  #forget(job: Job | undefined): void {
    const entry = job && this.#entries.get(job.jobId)
    if (entry === undefined) return
    this.#entries.delete(entry.job.jobId)
    this.#byNumber.delete(entry.number)
  }
}
