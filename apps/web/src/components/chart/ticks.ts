const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Steps that people read off a clock or calendar. */
const STEPS = [
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  5 * DAY,
  7 * DAY,
  14 * DAY,
]

/** Round instants (UTC) within a span, at most `most` of them. */
export function timeTicks(startsAtMs: number, endsAtMs: number, most: number): number[] {
  const step = STEPS.find((candidate) => (endsAtMs - startsAtMs) / candidate <= most) ?? 30 * DAY
  const ticks: number[] = []
  for (let at = Math.ceil(startsAtMs / step) * step; at <= endsAtMs; at += step) ticks.push(at)
  return ticks
}

/** Zero and up to four round values, the last at or above `highest`; for a highest of 0 just [0, 1]. */
export function valueTicks(highest: number): number[] {
  if (highest <= 0) return [0, 1]
  const rough = highest / 4
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= rough) ?? 10) * magnitude
  const ticks = [0]
  for (let index = 1; (ticks.at(-1) ?? 0) < highest; index += 1) ticks.push(index * step)
  return ticks
}
