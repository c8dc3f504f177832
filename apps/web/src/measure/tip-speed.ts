/** How fast miners were brought to a tip, as the live feed tells it. */
export interface TipTiming {
  readonly jobMs?: number | undefined
  readonly firstNotifyMs?: number | undefined
  readonly lastNotifyMs?: number | undefined
}

export interface TipSpeed {
  readonly count: number
  readonly medianMs: number
  /** What nine of ten were below or at. */
  readonly p90Ms: number
  readonly worstMs: number
}

/** Over all tips of which this is known; undefined when it is known of none. */
export function tipSpeed(tips: readonly TipTiming[], of: keyof TipTiming): TipSpeed | undefined {
  const times = tips.flatMap((tip) => tip[of] ?? []).sort((a, b) => a - b)
  const at = (part: number): number => times[Math.max(0, Math.ceil(part * times.length) - 1)] ?? 0
  if (times.length === 0) return undefined
  return { count: times.length, medianMs: at(0.5), p90Ms: at(0.9), worstMs: at(1) }
}
