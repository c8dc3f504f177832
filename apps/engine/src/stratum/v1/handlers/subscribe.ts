import { bytesToHex } from '@headframe/core/bytes'
import { EXTRANONCE2_SIZE } from '@headframe/core/job/job'
import { parseSubscribe } from '@headframe/core/stratum/params/subscribe'
import { subscribeResult } from '@headframe/core/stratum/subscribe-result'
import type { Handler } from '../dispatch.js'

/** `mining.subscribe`: tells the miner its extranonce1. Asked again, it gets the same answer. */
export const subscribe: Handler = (session, request) => {
  const { sessionExtranonce1 } = session.options
  session.userAgent = parseSubscribe(request.params).userAgent
  session.isSubscribed = true
  const sessionId = bytesToHex(sessionExtranonce1)
  session.answer(request.id, subscribeResult(sessionId, sessionExtranonce1, EXTRANONCE2_SIZE))
  session.begin()
}
