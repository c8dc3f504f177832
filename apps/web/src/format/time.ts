const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** An instant in UTC to the second: 2026-11-22 07:42:10 UTC. */
export function formatUtc(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** The clock alone, for the axis of a chart of a day or less: 07:42. */
export function formatUtcClock(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 16)
}

/** Month and day, for the axis of a longer chart: 22 Nov. */
export function formatUtcDay(atMs: number): string {
  const date = new Date(atMs)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** From this many of the larger unit on, the smaller one says nothing. */
const PAIR_BELOW = 10

/**
 * A length of time in its two largest units at most: 45 s, 4 min, 3 h 12 min, 14 h, 2 d 5 h.
 *
 * Rounds down, so that an age is never claimed before it is reached.
 */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs)
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`
  if (ms < DAY) return pair(ms, HOUR, 'h', MINUTE, 'min')
  return pair(ms, DAY, 'd', HOUR, 'h')
}

function pair(ms: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const count = Math.floor(ms / large)
  const rest = Math.floor((ms % large) / small)
  const first = `${count} ${largeUnit}`
  return rest === 0 || count >= PAIR_BELOW ? first : `${first} ${rest} ${smallUnit}`
}

/** How long ago an instant was. A time ahead of `nowMs` (clocks differ a little) counts as now. */
export function formatAge(atMs: number, nowMs: number): string {
  const ageMs = nowMs - atMs
  return ageMs < SECOND ? 'just now' : `${formatDuration(ageMs)} ago`
}
