/** Longest pattern; a user agent is cut to `MAX_TEXT_CHARS` before it is matched. */
export const MAX_PATTERN_CHARS = 128

const PRINTABLE_ASCII = /^[\x20-\x7e]+$/

/**
 * What is wrong with a pattern, in words for whoever wrote it; null when nothing is. A pattern is text with an
 * asterisk at its start, its end, both or neither: the only place where anything may stand. Nothing in it can make
 * matching slow, whatever a miner calls itself.
 */
export function problemOfPattern(pattern: string): string | null {
  if (pattern.length > MAX_PATTERN_CHARS) return `is longer than ${MAX_PATTERN_CHARS} characters`
  if (!PRINTABLE_ASCII.test(pattern)) return 'must be printable ASCII'
  const text = textOf(pattern)
  if (text === '') return 'matches every client; that is what "default" is for'
  return text.includes('*') ? 'may have an asterisk only at its start and its end' : null
}

/** Whether a user agent fits a pattern without a problem. Upper and lower case are the same. */
export function matchesPattern(pattern: string, userAgent: string): boolean {
  const text = textOf(pattern).toLowerCase()
  const subject = userAgent.toLowerCase()
  const isOpenAtStart = pattern.startsWith('*')
  const isOpenAtEnd = pattern.endsWith('*')
  if (isOpenAtStart && isOpenAtEnd) return subject.includes(text)
  if (isOpenAtStart) return subject.endsWith(text)
  return isOpenAtEnd ? subject.startsWith(text) : subject === text
}

/** What of a pattern has to stand in a user agent. */
export function textOf(pattern: string): string {
  const start = pattern.startsWith('*') ? 1 : 0
  return pattern.slice(start, pattern.endsWith('*') && pattern.length > start ? -1 : undefined)
}
