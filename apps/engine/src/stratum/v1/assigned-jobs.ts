import { ALIAS_SIZE, EXTRANONCE1_SIZE, type Job } from '@headframe/core/job/job'
import type { AssignedJob } from '@headframe/core/share/share'
import { aliasAt, jobNumberAt } from '@headframe/core/stratum/job-position'
import type { JobVariants, Payout } from '../../jobs/job-variants.js'
import type { JobStore } from '../../jobs/job-store.js'
import type { GrantHistory } from './grant-history.js'

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] }

const NO_TARGET = new Uint8Array(32)

/** Puts together, for one submission, the job it names and what its session was promised with it. */
export class AssignedJobs {
  readonly #jobs: JobStore
  readonly #variants: JobVariants
  readonly #extranonce1 = new Uint8Array(EXTRANONCE1_SIZE)
  readonly #assigned: Mutable<AssignedJob>

  constructor(jobs: JobStore, variants: JobVariants) {
    this.#jobs = jobs
    this.#variants = variants
    this.#assigned = {
      job: undefined as unknown as Job,
      extranonce1: this.#extranonce1,
      assignedDifficulty: 0,
      shareTarget: NO_TARGET,
      versionMask: 0,
    }
  }

  /**
   * `payout`: whom the session's jobs pay, on a solo port. One object is used again and again: read or copy it before
   * the next call. Undefined: no such job was sent.
   */
  at(grants: GrantHistory, position: number, payout: Payout | undefined): AssignedJob | undefined {
    const granted = grants.at(position)
    const job = granted === undefined ? undefined : this.#jobs.byNumber(jobNumberAt(position))
    if (granted === undefined || job === undefined) return undefined
    const assigned = this.#assigned
    assigned.job =
      payout === undefined
        ? this.#variants.within(job, granted.grant.maxCoinbaseBytes)
        : this.#variants.payingTo(job, payout)
    this.#extranonce1[0] = aliasAt(position)
    this.#extranonce1.set(granted.sessionExtranonce1, ALIAS_SIZE)
    assigned.assignedDifficulty = granted.grant.difficulty
    assigned.shareTarget = granted.grant.shareTarget
    assigned.versionMask = granted.grant.versionMask
    return assigned
  }
}
