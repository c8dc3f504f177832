import type { Job } from '@headframe/core/job/job'

/** A job that miners have, and since when. */
export interface KeptJob {
  readonly job: Job
  /**
   * When miners were given it, ms since the epoch. Later than `createdAtMs`, when the template was fetched, if the
   * same work was handed out again under a fresh id.
   */
  readonly postedAtMs: number
}
