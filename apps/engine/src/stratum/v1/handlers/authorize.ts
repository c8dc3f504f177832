import { parseAddress } from '@headframe/core/chain/address'
import { isMalformed } from '@headframe/core/stratum/params/malformed-params'
import { parseAuthorize } from '@headframe/core/stratum/params/authorize'
import { parsePasswordOptions } from '@headframe/core/stratum/params/password-options'
import { ERROR_UNAUTHORIZED, otherError } from '@headframe/core/stratum/reject-code'
import { parseUsername } from '@headframe/core/stratum/username'
import type { Handler } from '../dispatch.js'
import type { Session } from '../session.js'
import { MAX_WORKERS_PER_SESSION, type SessionWorker } from '../session-worker.js'

/** `mining.authorize`: the username is a payout address of the node's network, and may name a worker. */
export const authorize: Handler = (session, request) => {
  const params = parseAuthorize(request.params)
  if (isMalformed(params)) return session.refuse(request.id, otherError(params.malformed))
  const isFirst = session.workers.size === 0
  const worker = authorizeUsername(session, params.username)
  if (typeof worker === 'string') {
    session.trace.refused(params.username, worker)
    return session.refuse(request.id, [ERROR_UNAUTHORIZED, worker, null])
  }
  session.answer(request.id, true)
  const problem = applyPassword(session, params.password)
  if (problem !== undefined) session.showMessage(problem)
  if (!isFirst) return
  session.begin()
  session.askVersion()
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
  const { address, script } = parsed
  if (port.mode === 'solo') {
    const held = session.payout?.address
    if (held !== address && held !== undefined && session.workers.size > 0) return otherPayout(held)
    if (held !== address) session.payTo({ address, script })
  }
  const { presence, guard, log, nowMs, monotonicMs } = session.desk
  const worker: SessionWorker = {
    username,
    usernameBytes: Buffer.from(username),
    address,
    workerName: name.workerName,
    mode: port.mode,
    presence: presence.join(address, name.workerName, session.userAgent, session.difficulty, nowMs()),
    meter: guard.meterOf(address, monotonicMs()),
  }
  session.workers.set(username, worker)
  session.trace.authorized(address, name.workerName)
  log.debug({ address, worker: name.workerName, userAgent: session.userAgent }, 'authorized')
  return worker
}

/** The block of a solo port is paid out by its own coinbase, so a connection is for one address. */
function otherPayout(address: string): string {
  return `On a solo port a connection mines for one address, here ${address}; open another connection`
}

/** Takes the options in a password; what to tell the miner's owner of those that cannot be kept. */
function applyPassword(session: Session, password: string): string | undefined {
  const { fixedDifficulty, minDifficulty, problem } = parsePasswordOptions(password)
  const { vardiff, desk, options } = session
  const nowMs = desk.monotonicMs()
  if (minDifficulty !== undefined) session.follow(vardiff.onMinimum(nowMs, minDifficulty))
  if (fixedDifficulty !== undefined) session.follow(vardiff.onFixed(nowMs, fixedDifficulty))
  const asked = fixedDifficulty ?? minDifficulty
  if (problem !== undefined || asked === undefined) return problem
  const { minDifficulty: min, maxDifficulty: max } = options.port
  return asked < min || asked > max ? `This port gives difficulties from ${min} to ${max}` : undefined
}
