import { parseSubscribe } from '@headframe/core/stratum/params/subscribe'
import { otherError } from '@headframe/core/stratum/reject-code'
import { subscribeResult } from '@headframe/core/stratum/subscribe-result'
import type { Handler } from '../dispatch.js'

/**
 * `mining.subscribe`: tells the miner its extranonce1. One that names its session id gets the session back that it
 * had. Asked again, it gets the same answer.
 */
export const subscribe: Handler = (session, request) => {
  const { userAgent, sessionId } = parseSubscribe(request.params)
  session.introduce(userAgent)
  session.trace.subscribed(userAgent)
  const { roster } = session.desk
  if (session.extranonce1 === undefined && sessionId !== undefined && !roster.resume(session, sessionId)) {
    const home = roster.homeOf(sessionId)
    if (home !== undefined && session.mover.moveHome(home)) return
  }
  if (session.extranonce1 === undefined && !roster.enter(session)) {
    session.refuse(request.id, otherError('The pool is full: connect to another of its addresses, or later'))
    return session.close('no-extranonce1')
  }
  const { wireExtranonce1, extranonce2Size } = session
  session.answer(request.id, subscribeResult(session.sessionId, wireExtranonce1, extranonce2Size))
  session.begin()
}
