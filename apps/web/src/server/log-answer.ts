import { ApiError } from './error/refuse'
import type { Meter } from './limit/meter'
import { VISITOR } from './viewer'

/** What is sealed never changes: whoever has it need not ask again. */
export const FOR_EVER = 'public, max-age=31536000, immutable'
/** What grows by the minute. */
export const FOR_A_MOMENT = 'public, max-age=10'

/** A programme of any origin may read the log. */
const OPEN = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' }

export function jsonAnswer(text: string, cacheControl: string): Response {
  const headers = { ...OPEN, 'content-type': 'application/json', 'cache-control': cacheControl }
  return new Response(text, { headers })
}

export function bytesAnswer(body: Uint8Array | ReadableStream<Uint8Array>): Response {
  const headers = { ...OPEN, 'content-type': 'application/octet-stream', 'cache-control': FOR_EVER }
  return new Response(body as BodyInit, { headers })
}

/** 404, with a sentence for whoever looks. */
export const notFound = (sentence: string): Response => plainAnswer(404, sentence)

/** 429; `told` says when to come back. */
const tooOften = (sentence: string, told: Headers): Response => plainAnswer(429, sentence, told)

function plainAnswer(status: number, sentence: string, told: Iterable<[string, string]> = []): Response {
  const headers = { ...OPEN, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  return new Response(`${sentence}\n`, { status, headers: { ...Object.fromEntries(told), ...headers } })
}

/**
 * The answer, or why there is none now. What is left of the budget stands in a refusal alone: what is sealed is kept by
 * caches, and is not one caller's.
 */
export async function answerWithin(
  meterOf: (refusal: Headers) => Meter,
  make: () => Promise<Response>,
): Promise<Response> {
  const headers = new Headers()
  try {
    await meterOf(headers).take(VISITOR, 'log')
  } catch (error) {
    if (error instanceof ApiError) return tooOften(error.message, headers)
    throw error
  }
  return make()
}

/** The number in `12.json`; undefined for any other name. */
export function numberOf(file: string, ending: string): number | undefined {
  const [, digits] = new RegExp(`^([1-9][0-9]{0,14})\\.${ending}$`).exec(file) ?? []
  return digits === undefined ? undefined : Number(digits)
}
