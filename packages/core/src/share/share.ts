import type { Job } from '../job/job.js'

/** Whether a port pays by the PPLNS window or the finder alone. */
export type PayoutMode = 'pplns' | 'solo' | 'fpps'

/** What a miner found of a job and sent with `mining.submit`, parsed but not yet judged. */
export interface Submission {
  readonly extranonce2: Uint8Array
  readonly ntime: number
  readonly nonce: number
  /** The rolled bits of the version field (BIP 310), or undefined for a five-parameter submit. */
  readonly versionBits: number | undefined
}

/** A job as one session holds it: the share target is fixed when the job is sent, and stays. */
export interface AssignedJob {
  readonly job: Job
  /** `EXTRANONCE1_SIZE` bytes: the alias under which the job was sent, then the session's own part. */
  readonly extranonce1: Uint8Array
  /** What a share of this job credits. */
  readonly assignedDifficulty: number
  /** 32 bytes, little-endian, as `validateShare` compares it. */
  readonly shareTarget: Uint8Array
  /** Bits the session may roll (BIP 310), 0 when version rolling was not negotiated. */
  readonly versionMask: number
}

/** Why a submission earns nothing. The Stratum v1 code of each is in `stratum/reject-code.ts`. */
export type RejectReason =
  | 'job-not-found'
  | 'stale-share'
  | 'duplicate-share'
  | 'difficulty-too-low'
  | 'bad-extranonce-size'
  | 'bad-ntime'
  | 'bad-version-bits'
  | 'unauthorized-worker'
  | 'not-subscribed'
  | 'malformed'
  | 'pool-busy'
  | 'late-share'

/** Index = the number that stands for the reason in a segment; append only. */
export const REJECT_REASONS: readonly RejectReason[] = [
  'job-not-found',
  'stale-share',
  'duplicate-share',
  'difficulty-too-low',
  'bad-extranonce-size',
  'bad-ntime',
  'bad-version-bits',
  'unauthorized-worker',
  'not-subscribed',
  'malformed',
  'pool-busy',
  'late-share',
]
