/** A stretch of time; `untilMs` is not part of it. */
export interface Stretch {
  readonly fromMs: number
  readonly untilMs: number
}

export interface Trouble extends Stretch {
  readonly kind: 'degraded' | 'down' | 'unknown'
}

/** How a part of the pool spent a UTC day, or what has passed of it. */
export interface DayOfPart {
  readonly dayMs: number
  readonly wellMs: number
  readonly degradedMs: number
  readonly downMs: number
  /** Nobody looked, or nobody could tell. */
  readonly unknownMs: number
}

const DAY_MS = 86_400_000

/** When the first of so many days begins, the last of which is today. */
export function firstDayMs(nowMs: number, days: number): number {
  return Math.floor(nowMs / DAY_MS) * DAY_MS - (days - 1) * DAY_MS
}

/** Day by day, the oldest first. Trouble counts only while somebody looked: of the rest nothing is claimed. */
export function daysOfPart(
  watches: readonly Stretch[],
  troubles: readonly Trouble[],
  { nowMs, days }: { readonly nowMs: number; readonly days: number },
): DayOfPart[] {
  const firstMs = firstDayMs(nowMs, days)
  return Array.from({ length: days }, (_, index) => {
    const fromMs = firstMs + index * DAY_MS
    const day = { fromMs, untilMs: Math.min(fromMs + DAY_MS, nowMs) }
    return dayOf(day, watches, troubles)
  })
}

/** The share of the time in which it was known how it stood that it was up; undefined when it was never known. */
export function uptimeOf(days: readonly DayOfPart[]): number | undefined {
  const sum = (of: (day: DayOfPart) => number): number => days.reduce((total, day) => total + of(day), 0)
  const knownMs = sum((day) => day.wellMs + day.degradedMs + day.downMs)
  return knownMs === 0 ? undefined : 1 - sum((day) => day.downMs) / knownMs
}

function dayOf(day: Stretch, watches: readonly Stretch[], troubles: readonly Trouble[]): DayOfPart {
  const watched = watches.map((watch) => overlap(watch, day)).filter((watch) => watch !== undefined)
  const watchedMs = lengthOf(watched)
  const of = (kind: Trouble['kind']): number =>
    lengthOf(
      troubles
        .filter((trouble) => trouble.kind === kind)
        .flatMap((trouble) => watched.map((watch) => overlap(trouble, watch)))
        .filter((stretch) => stretch !== undefined),
    )
  const [degradedMs, downMs, unclearMs] = [of('degraded'), of('down'), of('unknown')]
  const wellMs = Math.max(0, watchedMs - degradedMs - downMs - unclearMs)
  const unknownMs = day.untilMs - day.fromMs - watchedMs + unclearMs
  return { dayMs: day.fromMs, wellMs, degradedMs, downMs, unknownMs }
}

function overlap(a: Stretch, b: Stretch): Stretch | undefined {
  const fromMs = Math.max(a.fromMs, b.fromMs)
  const untilMs = Math.min(a.untilMs, b.untilMs)
  return fromMs < untilMs ? { fromMs, untilMs } : undefined
}

/** Of stretches that do not overlap. */
function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((total, { fromMs, untilMs }) => total + untilMs - fromMs, 0)
}
