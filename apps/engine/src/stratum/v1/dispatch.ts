import { otherError } from '@headframe/core/stratum/reject-code'
import type { Request } from '@headframe/core/stratum/request'
import { authorize } from './handlers/authorize.js'
import { configure } from './handlers/configure.js'
import { extranonceSubscribe } from './handlers/extranonce-subscribe.js'
import { getTransactions } from './handlers/get-transactions.js'
import { multiVersion } from './handlers/multi-version.js'
import { ping, pong } from './handlers/ping.js'
import { submit } from './handlers/submit.js'
import { subscribe } from './handlers/subscribe.js'
import { suggestDifficulty } from './handlers/suggest-difficulty.js'
import { suggestTarget } from './handlers/suggest-target.js'
import type { Session } from './session.js'

export type Handler = (session: Session, request: Request) => void

/** Every method a miner may call. */
const HANDLERS = new Map<string, Handler>([
  ['mining.submit', submit],
  ['mining.subscribe', subscribe],
  ['mining.authorize', authorize],
  ['mining.configure', configure],
  ['mining.suggest_difficulty', suggestDifficulty],
  ['mining.suggest_target', suggestTarget],
  ['mining.extranonce.subscribe', extranonceSubscribe],
  ['mining.multi_version', multiVersion],
  ['mining.get_transactions', getTransactions],
  ['mining.ping', ping],
  ['pong', pong],
])

/** What bfgminer sends with the id null before it subscribes: it reads the next line as the answer to its subscribe. */
const ADVICE: ReadonlySet<string> = new Set([
  'mining.suggest_difficulty',
  'mining.suggest_target',
  'mining.capabilities',
])

export function dispatch(session: Session, received: Request): void {
  const isAdvice = received.id === null && ADVICE.has(received.method)
  const request = isAdvice ? { ...received, id: undefined } : received
  const handler = HANDLERS.get(request.method)
  if (handler !== undefined) handler(session, request)
  else session.refuse(request.id, otherError(`Unknown method ${JSON.stringify(request.method.slice(0, 64))}`))
}
