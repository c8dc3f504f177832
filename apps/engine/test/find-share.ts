import { targetOfDifficulty, targetToBytes } from '@headframe/core/chain/target'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE, type Job } from '@headframe/core/job/job'
import type { AssignedJob, Submission } from '@headframe/core/share/share'
import { ShareValidator } from '@headframe/core/share/validate-share'

/** Every fourth hash or so is a share. */
export const EASY = 1e-9
/** Harder than any hash a test finds. */
export const UNREACHABLE = 1e12

/** A job as a session would hold it. */
export function assign(job: Job, assignedDifficulty: number, extranonce1?: Uint8Array): AssignedJob {
  return {
    job,
    extranonce1: extranonce1 ?? new Uint8Array(EXTRANONCE1_SIZE),
    assignedDifficulty,
    shareTarget: targetToBytes(targetOfDifficulty(assignedDifficulty)),
    versionMask: 0,
  }
}

export function submissionOf(job: Job, nonce: number): Submission {
  return {
    extranonce2: new Uint8Array(EXTRANONCE2_SIZE),
    ntime: job.ntime,
    nonce,
    versionBits: undefined,
  }
}

/** The first nonce, from `from` on, whose hash meets `difficulty`. */
export function findNonce(assigned: AssignedJob, difficulty: number, from = 0): number {
  const validator = new ShareValidator()
  const wanted = { ...assigned, shareTarget: targetToBytes(targetOfDifficulty(difficulty)) }
  for (let nonce = from; ; nonce++) {
    const submission = submissionOf(assigned.job, nonce)
    const check = validator.validate(wanted, assigned.extranonce1, submission, assigned.job.ntime)
    if (check.reason === undefined) return nonce
  }
}
