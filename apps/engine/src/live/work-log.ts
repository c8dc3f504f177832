import { compactSize } from '@headframe/core/bytes'
import { COINBASE_WITNESS_WEIGHT, WITNESS_SCALE_FACTOR } from '@headframe/core/chain/block-limits'
import { HEADER_SIZE } from '@headframe/core/chain/header'
import { coinbaseSize } from '@headframe/core/job/coinbase'
import type { Job } from '@headframe/core/job/job'
import { classVariants } from '@headframe/core/job/job-variant'
import type { LiveJob, LiveWork, WorkReason } from '@headframe/core/live/live-system'

/** Jobs that are remembered: ten minutes of a quiet chain. */
export const MAX_JOBS = 20

/** Why a job was made, and of what. */
export interface MadeOf {
  readonly reason: WorkReason
  readonly node: string
  readonly transactionsWeight: number
}

/** The newest jobs as whoever watches the pool wants to see them. */
export class WorkLog {
  /** The newest first. */
  readonly #jobs: LiveJob[] = []
  readonly #report: (work: LiveWork) => void

  constructor(report: (work: LiveWork) => void) {
    this.#report = report
  }

  /** Of each job that has gone out, but for the same work under another id. */
  note(job: Job, made: MadeOf, atMs: number): void {
    this.#jobs.unshift(describeJob(job, made, atMs))
    this.#jobs.length = Math.min(this.#jobs.length, MAX_JOBS)
    this.tell()
  }

  /** Says it again: whoever keeps it may have lost it. */
  tell(): void {
    this.#report({ jobs: this.#jobs })
  }
}

function describeJob(job: Job, { reason, node, transactionsWeight }: MadeOf, atMs: number): LiveJob {
  const { jobId, height, cleanJobs, transactionCount, feesSats, coinbaseValueSats } = job
  const coinbaseBytes = coinbaseSize(job)
  const witness = job.hasWitnessCommitment ? COINBASE_WITNESS_WEIGHT : 0
  const frameBytes = HEADER_SIZE + compactSize(transactionCount + 1).length + coinbaseBytes
  return {
    ...{ jobId, atMs, node, reason, height, cleanJobs, transactionCount },
    feesSats: feesSats.toString(),
    coinbaseValueSats: coinbaseValueSats.toString(),
    weight: frameBytes * WITNESS_SCALE_FACTOR + witness + transactionsWeight,
    sizeBytes: frameBytes + witness + job.transactionsSize,
    coinbaseBytes,
    largestCoinbaseBytes: coinbaseSize(classVariants(job).at(-1)!),
  }
}
