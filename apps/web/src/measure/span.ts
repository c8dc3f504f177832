import type { WorkSpan } from '@headframe/db/pool/work-sum'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export type Window = '10m' | '1h' | '24h'

/** How far a window reaches back and which rollups it is summed from. */
const WINDOWS: Readonly<
  Record<Window, { lengthMs: number; resolution: 'minute' | 'hour'; rollupMs: number }>
> = {
  '10m': { lengthMs: 10 * MINUTE_MS, resolution: 'minute', rollupMs: MINUTE_MS },
  '1h': { lengthMs: HOUR_MS, resolution: 'minute', rollupMs: MINUTE_MS },
  '24h': { lengthMs: 24 * HOUR_MS, resolution: 'hour', rollupMs: HOUR_MS },
}

/**
 * The stretch of time a window stands for when it ends at `untilMs`. It begins where a rollup begins, so it is up to
 * one rollup longer than its name says; work is divided by its real length.
 */
export function spanOfWindow(window: Window, untilMs: number): WorkSpan {
  const { lengthMs, resolution, rollupMs } = WINDOWS[window]
  return { resolution, startsAtMs: Math.floor((untilMs - lengthMs) / rollupMs) * rollupMs, endsAtMs: untilMs }
}
