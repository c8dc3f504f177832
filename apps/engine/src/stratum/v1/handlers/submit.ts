import { EXTRANONCE2_SIZE } from '@headframe/core/job/job'
import type { RejectReason, Submission } from '@headframe/core/share/share'
import { positionOfWireJobId } from '@headframe/core/stratum/job-position'
import { isMalformed } from '@headframe/core/stratum/params/malformed-params'
import { parseSubmit } from '@headframe/core/stratum/params/submit'
import { otherError } from '@headframe/core/stratum/reject-code'
import { trueLine } from '@headframe/core/stratum/reply'
import type { RequestId } from '@headframe/core/stratum/request'
import type { SubmitScanner } from '@headframe/core/stratum/scan-submit'
import type { Handler } from '../dispatch.js'
import type { Session } from '../session.js'
import type { SessionWorker } from '../session-worker.js'
import { authorizeUsername } from './authorize.js'

/** No job has this position. */
const NOWHERE = -1

/** `mining.submit`, as the JSON parser read it. */
export const submit: Handler = (session, request) => {
  const params = parseSubmit(request.params)
  if (isMalformed(params)) {
    session.refuse(request.id, otherError(params.malformed))
    return session.blame('malformed')
  }
  const worker = workerOf(session, params.username)
  const position = positionOfWireJobId(params.wireJobId) ?? NOWHERE
  judge(session, request.id, worker, position, padded(params.submission, session.extranonce2Size))
}

/** `mining.submit` in plain form, as the scanner read it from `line`. */
export function submitScanned(session: Session, scan: SubmitScanner, line: Uint8Array): void {
  const last = session.lastWorker
  const { usernameStart, usernameEnd } = scan
  const worker =
    last !== undefined && areBytesAt(line, usernameStart, usernameEnd, last.usernameBytes)
      ? last
      : workerOf(session, String.fromCharCode(...line.subarray(usernameStart, usernameEnd)))
  judge(session, scan.id, worker, scan.position, scan)
}

/** Hands the submission to the spine, and answers a share once it is on disk. */
function judge(
  session: Session,
  id: RequestId | undefined,
  worker: SessionWorker | undefined,
  position: number,
  submission: Submission,
): void {
  if (session.extranonce1 === undefined) return rejectWith(session, id, 'not-subscribed')
  if (worker === undefined) return rejectWith(session, id, 'unauthorized-worker')
  session.lastWorker = worker
  const { submitShare, assignedJobs, guard, journal, live, nowMs, monotonicMs } = session.desk
  const atMs = nowMs()
  const onClockMs = monotonicMs()
  const verdict = guard.onSubmit(session.peerId, worker.meter, onClockMs)
  if (verdict !== 'taken') {
    journal.countReject(worker, 'pool-busy', atMs)
    session.reject(id, 'pool-busy')
    session.trace.reject('pool-busy')
    if (verdict === 'too-many-submits') session.close(verdict)
    return
  }
  const assigned = assignedJobs.at(session.grants, position, session.payout)
  const reason = submitShare.submit(worker, assigned, submission, atMs)
  if (reason !== undefined) return rejectWith(session, id, reason)
  guard.onVerdict(session.peerId, undefined, onClockMs)
  if (id !== undefined) session.reply(trueLine(id), journal.appendedSeq)
  live.noteShare(worker.presence, atMs)
  session.trace.share(atMs)
  session.follow(session.vardiff.onShare(onClockMs, assigned!.assignedDifficulty))
}

function rejectWith(session: Session, id: RequestId | undefined, reason: RejectReason): void {
  // The share before it may be on its way to the disk: this is true when that one is there.
  const afterCommit = reason === 'duplicate-share' ? session.desk.journal.appendedSeq : 0
  session.reject(id, reason, afterCommit)
  session.trace.reject(reason)
  session.blame(reason)
}

/** A short extranonce2 stands behind the zeros that the miner was given with extranonce1. */
function padded(submission: Submission, extranonce2Size: number): Submission {
  const missing = EXTRANONCE2_SIZE - extranonce2Size
  if (missing === 0 || submission.extranonce2.length !== extranonce2Size) return submission
  const extranonce2 = new Uint8Array(EXTRANONCE2_SIZE)
  extranonce2.set(submission.extranonce2, missing)
  return { ...submission, extranonce2 }
}

function areBytesAt(line: Uint8Array, start: number, end: number, bytes: Uint8Array): boolean {
  const { length } = bytes
  if (end - start !== length) return false
  for (let index = 0; index < length; index++) if (line[start + index] !== bytes[index]) return false
  return true
}

/** A worker that was never authorized is taken when its address was: some firmware renames itself on the way. */
function workerOf(session: Session, username: string): SessionWorker | undefined {
  const known = session.workers.get(username)
  if (known !== undefined) return known
  const address = username.split(/[._]/, 1)[0]
  const isAccountKnown = [...session.workers.values()].some((worker) => worker.address === address)
  if (!isAccountKnown) return undefined
  const worker = authorizeUsername(session, username)
  return typeof worker === 'string' ? undefined : worker
}
