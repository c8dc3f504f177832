/** Longest text of a peer that is kept (user agent, session id, password); the rest is cut off. */
export const MAX_TEXT_CHARS = 128

/**
 * A peer's free text, cut to its bound and without control characters or halves of a surrogate pair, so that it can
 * stand in a log, a database and a page. Undefined when it is no string.
 */
export function readText(value: unknown): string | undefined {
  // Cut first: the cut itself may leave half a pair behind.
  return typeof value === 'string' ? value.slice(0, MAX_TEXT_CHARS).replace(/\p{C}/gu, '') : undefined
}
