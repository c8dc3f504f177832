import { isMalformed } from '@headframe/core/stratum/params/malformed-params'
import { parseSubmit } from '@headframe/core/stratum/params/submit'
import { otherError } from '@headframe/core/stratum/reject-code'
import { trueLine } from '@headframe/core/stratum/reply'
import type { Handler } from '../dispatch.js'
import type { Session, SessionWorker } from '../session.js'
import { authorizeUsername } from './authorize.js'

/** `mining.submit`: hands the submission to the spine, and answers a share once it is on disk. */
export const submit: Handler = (session, request) => {
  const { submitShare, journal, vardiff, live, nowMs } = session.modules
  const params = parseSubmit(request.params)
  if (isMalformed(params)) return session.refuse(request.id, otherError(params.malformed))
  if (!session.isSubscribed) return session.reject(request.id, 'not-subscribed')
  const worker = workerOf(session, params.username)
  if (worker === undefined) return session.reject(request.id, 'unauthorized-worker')

  const atMs = nowMs()
  const assigned = session.assignedJob(params.submission.wireJobId)
  const reason = submitShare.submit(worker, assigned, params.submission, atMs)
  if (reason !== undefined) {
    session.reject(request.id, reason)
    return
  }
  if (request.id !== undefined) session.reply(trueLine(request.id), journal.appendedSeq)
  live.noteShare(worker.presence, atMs)
  const difficulty = vardiff.onShare(atMs, assigned!.assignedDifficulty)
  if (difficulty !== undefined) session.changeDifficulty(difficulty)
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
