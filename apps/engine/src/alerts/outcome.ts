import type { IncomingHttpHeaders } from 'node:http'
import type { Outcome } from '@headframe/core/alert/retry'
import type { Posted } from './poster.js'
import { TargetRefused } from './target-guard.js'

/** Characters of what a peer said that are kept. */
const MAX_SAID_CHARS = 200
/** Statuses that ask to come again; of other 4xx trying again does not help. */
const COME_AGAIN = [408, 425, 429]

/** What became of a post. `saidOf` finds the words of a peer in its answer. */
export function outcomeOfPost(
  posted: Posted,
  nowMs: number,
  afterMs = retryAfterMs(posted.headers, nowMs),
): Outcome {
  const { status, text } = posted
  const said = text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_SAID_CHARS)
  const answer = said === '' || status < 300 ? `${status}` : `${status}: ${said}`
  if (status >= 200 && status < 300) return { kind: 'sent', answer }
  if (status >= 300 && status < 400)
    return { kind: 'refused', answer: `${status}: it redirects, and redirects are not followed` }
  if (status >= 500 || COME_AGAIN.includes(status)) return { kind: 'later', answer, afterMs }
  return { kind: 'refused', answer }
}

/** A way that failed before there was an answer. */
export function outcomeOfError(error: unknown): Outcome {
  const answer = error instanceof Error && error.message !== '' ? error.message : String(error)
  return { kind: error instanceof TargetRefused ? 'refused' : 'later', answer }
}

/** RFC 9110 section 10.2.3: seconds, or a date. */
export function retryAfterMs(headers: IncomingHttpHeaders, nowMs: number): number | undefined {
  const text = headers['retry-after']
  if (text === undefined) return undefined
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000)
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs)
}

/** A number somewhere in an answer that is JSON; undefined when there is none. */
export function numberIn(text: string, ...path: string[]): number | undefined {
  try {
    let value: unknown = JSON.parse(text)
    for (const name of path) value = (value as Record<string, unknown> | null)?.[name]
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  } catch {
    return undefined
  }
}
