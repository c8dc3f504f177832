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
export function notFound(sentence: string): Response {
  const headers = { ...OPEN, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
  return new Response(`${sentence}\n`, { status: 404, headers })
}

/** The number in `12.json`; undefined for any other name. */
export function numberOf(file: string, ending: string): number | undefined {
  const [, digits] = new RegExp(`^([1-9][0-9]{0,14})\\.${ending}$`).exec(file) ?? []
  return digits === undefined ? undefined : Number(digits)
}
