import type { Network } from '@headframe/core/chain/network'
import type { WorkerIdentity } from '@headframe/core/journal/segment'
import type { AssignedJob, Submission } from '@headframe/core/share/share'
import type { Log } from '../log.js'
import type { JournalFiles } from './journal-files.js'

/** A segment is sealed this long after its first record, */
export const SEAL_AFTER_MS = 1_000
/** or once it holds this much. */
export const SEAL_AT_BYTES = 1 << 20
/** Room for what arrives while the group before it is on its way to the disk; beyond it shares are refused. */
export const MAX_PENDING_BYTES = 4 << 20
/** Between two attempts to write again after the disk has failed. */
export const RETRY_AFTER_MS = 1_000

export interface SegmentWriterOptions {
  readonly dataDir: string
  /** Which stratum process this is, from 0. */
  readonly slot: number
  readonly network: Network
  readonly sealAfterMs?: number
  readonly sealAtBytes?: number
  readonly maxPendingBytes?: number
  readonly retryAfterMs?: number
}

export interface SegmentWriterModules {
  readonly log: Log
  readonly nowMs: () => number
  readonly files?: JournalFiles
  readonly randomSuffix?: () => string
}

/** What the journal takes of a submission that was found good. Nothing of it is kept but the worker and the job. */
export interface JournalShare {
  /** One object a worker for as long as it is connected: its bytes are remembered with it. */
  readonly worker: WorkerIdentity
  readonly assigned: Pick<AssignedJob, 'job' | 'extranonce1' | 'assignedDifficulty'>
  readonly submission: Pick<Submission, 'extranonce2' | 'ntime' | 'nonce'>
  readonly check: { readonly version: number }
  readonly atMs: number
}
