import type { Job } from '@headframe/core/job/job'
import type { WorkerIdentity } from '@headframe/core/journal/segment'
import type { AssignedJob, RejectReason, Submission } from '@headframe/core/share/share'
import type { HashedSubmission } from '@headframe/core/share/hashed-submission'
import type { ShareValidator } from '@headframe/core/share/validate-share'
import type { JobStore } from '../jobs/job-store.js'
import type { SeenShares } from './seen-shares.js'

export interface ShareJournal {
  /** Grows with each append; `committedSeq` follows it once the append is on disk. */
  readonly appendedSeq: number
  readonly committedSeq: number
  /** What `committedSeq` will be after the group commit that is under way. */
  readonly takenSeq: number
  /** `failed`: what was appended and not committed is lost, and is not told from the rest until it is `ready` again. */
  readonly state: 'ready' | 'failed' | 'closed'
  append(share: HashedSubmission): 'appended' | 'full' | 'unavailable'
  countReject(worker: WorkerIdentity, reason: RejectReason, atMs: number): void
}

export interface SubmitShareModules {
  readonly validator: ShareValidator
  readonly jobs: JobStore
  readonly seenShares: SeenShares
  /** Sends the block on its way and returns at once; `isShare` says whether a share will be credited with it. */
  readonly sendBlock: (found: HashedSubmission, isShare: boolean) => void
  readonly journal: ShareJournal
}

/** What becomes of shares that come just after their tip was replaced: nobody could have known yet. */
export interface LateSharePolicy {
  /** How long after the new tip a share of the old one is late and not stale, ms. */
  readonly graceMs: number
  /** Whether a late share is credited; if not it is refused as `late-share`. It is tested for a block either way. */
  readonly isCredited: boolean
}

/** The spine: what becomes of every submission. Nothing else may credit a share. */
export class SubmitShare {
  readonly #modules: SubmitShareModules
  readonly #late: LateSharePolicy
  /** Late shares since the start that were credited. (Those that were not are counted with the rejects.) */
  lateSharesCredited = 0

  constructor(modules: SubmitShareModules, late: LateSharePolicy) {
    this.#modules = modules
    this.#late = late
  }

  /** Undefined when the share was appended to the journal; it may be acknowledged once that is on disk. */
  submit(
    worker: WorkerIdentity,
    assigned: AssignedJob | undefined,
    submission: Submission,
    atMs: number,
  ): RejectReason | undefined {
    const reason = this.#judge(worker, assigned, submission, atMs)
    if (reason !== undefined) this.#modules.journal.countReject(worker, reason, atMs)
    return reason
  }

  #judge(
    worker: WorkerIdentity,
    assigned: AssignedJob | undefined,
    submission: Submission,
    atMs: number,
  ): RejectReason | undefined {
    const { validator, jobs, seenShares, sendBlock, journal } = this.#modules
    const state = assigned === undefined ? undefined : jobs.stateOf(assigned.job)
    if (assigned === undefined || state === undefined) return 'job-not-found'

    const check = validator.validate(assigned, assigned.extranonce1, submission, Math.floor(atMs / 1000))
    if (!check.isHashed) return check.reason
    const found = { worker, assigned, submission, check, atMs }

    const isLate = state === 'stale' && this.#isLate(assigned.job, atMs)
    const isCreditable = state !== 'stale' || (isLate && this.#late.isCredited)
    const reason = isCreditable ? check.reason : isLate ? 'late-share' : 'stale-share'
    if (reason !== undefined && !check.isBlock) return reason

    const { prevHash } = assigned.job
    const seen = seenShares.look(prevHash, check.hash)
    if (seen === 'duplicate') return journal.state === 'failed' ? 'pool-busy' : 'duplicate-share'
    const isShare = reason === undefined && seen === 'new'
    // A late block may still win its race, whatever the share is worth; the node knows whether it has it already.
    if (check.isBlock) sendBlock(found, isShare)
    if (reason !== undefined) return reason
    if (seen === 'full') return 'pool-busy'

    // Remembered only when it is credited: what the journal could not take may be sent again.
    if (journal.append(found) !== 'appended') return 'pool-busy'
    seenShares.add(prevHash, check.hash)
    if (isLate) this.lateSharesCredited++
    return undefined
  }

  #isLate(job: Job, atMs: number): boolean {
    const staleSinceMs = this.#modules.jobs.staleSinceMs(job)
    return staleSinceMs !== undefined && atMs - staleSinceMs <= this.#late.graceMs
  }
}
