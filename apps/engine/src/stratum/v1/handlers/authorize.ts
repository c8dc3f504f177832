import { parseAddress } from '@headframe/core/chain/address'
import { isMalformed } from '@headframe/core/stratum/params/malformed-params'
import { parseAuthorize } from '@headframe/core/stratum/params/authorize'
import { ERROR_UNAUTHORIZED, otherError } from '@headframe/core/stratum/reject-code'
import { parseUsername } from '@headframe/core/stratum/username'
import type { Handler } from '../dispatch.js'
import { MAX_WORKERS_PER_SESSION, type Session, type SessionWorker } from '../session.js'

/** `mining.authorize`: the username is a payout address of the node's network, and may name a worker. */
export const authorize: Handler = (session, request) => {
  const params = parseAuthorize(request.params)
  if (isMalformed(params)) return session.refuse(request.id, otherError(params.malformed))
  const isFirst = session.workers.size === 0
  const worker = authorizeUsername(session, params.username)
  if (typeof worker === 'string') return session.refuse(request.id, [ERROR_UNAUTHORIZED, worker, null])
  session.answer(request.id, true)
  if (isFirst) session.begin()
}

/** The session's worker of that name, authorized now if it was not; or, in words, why it cannot be. */
export function authorizeUsername(session: Session, username: string): SessionWorker | string {
  const known = session.workers.get(username)
  if (known !== undefined) return known
  const name = parseUsername(username)
  if ('malformed' in name) return name.malformed
  const { network, port } = session.options
  const parsed = parseAddress(name.address, network)
  if (!parsed.ok) return parsed.message
  if (session.workers.size === MAX_WORKERS_PER_SESSION) {
    return `One connection can carry ${MAX_WORKERS_PER_SESSION} workers; open another`
  }
  const { address } = parsed
  const { presence, log } = session.modules
  const worker: SessionWorker = {
    address,
    workerName: name.workerName,
    mode: port.mode,
    presence: presence.join(address, name.workerName, session.userAgent, session.difficulty),
  }
  session.workers.set(username, worker)
  log.info({ address, worker: name.workerName, userAgent: session.userAgent }, 'authorized')
  return worker
}
