import { errorKind } from '../error/kinds'
import type { ToldError } from '../error/tell'

/** Where a code is explained: on the reference page. */
const TYPE = '/docs/api#'

/** An error as RFC 9457 has it, with our `code`, what to do, and what is wrong with which field. */
export function problemOf({ reason, message, action, issues }: ToldError) {
  const { status, title } = errorKind(reason)
  return { type: `${TYPE}${reason}`, title, status, detail: message, code: reason, action, issues }
}

export function problemAnswer(told: ToldError, headers: Headers): Response {
  headers.set('content-type', 'application/problem+json')
  headers.set('cache-control', 'no-store')
  const { status, retryAfterSeconds } = errorKind(told.reason)
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds))
  if (status === 401) headers.set('www-authenticate', 'Bearer')
  return new Response(JSON.stringify(problemOf(told)), { status, headers })
}
