import type { WorkerIdentity } from '../journal/segment.js'
import type { AssignedJob, Submission } from './share.js'
import type { ShareCheck } from './validate-share.js'

/** A submission whose header was hashed and is worth something: a share, a block, or both. */
export interface HashedSubmission {
  readonly worker: WorkerIdentity
  readonly assigned: AssignedJob
  readonly submission: Submission
  /** Its header and hash; read or copied before the next submission. */
  readonly check: Readonly<ShareCheck>
  readonly atMs: number
}
