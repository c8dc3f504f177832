import { equalBytes } from '@headframe/core/bytes'
import type { Job } from '@headframe/core/job/job'

/**
 * How a job stands: `active` is the newest, `past` jobs are older on the same tip and as good as the active one,
 * `stale` jobs are on a tip that is no longer the best.
 */
export type JobState = 'active' | 'past' | 'stale'

/** Jobs kept; the oldest is forgotten first, and a share of it is then answered `job-not-found`. */
export const MAX_JOBS = 64

/** The jobs one stratum process knows, newest last. */
export class JobStore {
  /** Insertion order is age. */
  readonly #states = new Map<Job, JobState>()
  #active: Job | undefined

  /** What new work is handed out from; undefined when the pool has no honest work. */
  get active(): Job | undefined {
    return this.#active
  }

  /** Undefined for a job that was forgotten. */
  stateOf(job: Job): JobState | undefined {
    return this.#states.get(job)
  }

  add(job: Job): void {
    const isSameTip = this.#active !== undefined && equalBytes(this.#active.prevHash, job.prevHash)
    for (const [older, state] of this.#states) {
      if (state !== 'stale') this.#states.set(older, isSameTip ? 'past' : 'stale')
    }
    this.#states.set(job, 'active')
    this.#active = job
    if (this.#states.size > MAX_JOBS) {
      const [oldest] = this.#states.keys()
      this.#states.delete(oldest!)
    }
  }

  /** The node has been away for too long: no job is worth working on. They stay known, so that a block still counts. */
  retire(): void {
    for (const job of this.#states.keys()) this.#states.set(job, 'stale')
    this.#active = undefined
  }
}
