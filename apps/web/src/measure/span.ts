import type { Resolution, WorkSpan } from '@headframe/db/pool/work-sum'

const MINUTE_MS = 60_000
const QUARTER_HOUR_MS = 15 * MINUTE_MS
const HOUR_MS = 60 * MINUTE_MS

export type Window = '1m' | '10m' | '1h' | '6h' | '24h' | '7d'

export const WORKER_WINDOWS = ['1m', '10m', '1h', '6h', '24h', '7d'] as const satisfies readonly Window[]

interface WindowShape {
  /** How it is called on a page. */
  readonly name: string
  readonly lengthMs: number
  readonly resolution: Resolution
  readonly rollupMs: number
}

/** How far a window reaches back and which rollups it is summed from. */
export const WINDOW_SHAPES: Readonly<Record<Window, WindowShape>> = {
  '1m': { name: '1 min', lengthMs: MINUTE_MS, resolution: 'minute', rollupMs: MINUTE_MS },
  '10m': { name: '10 min', lengthMs: 10 * MINUTE_MS, resolution: 'minute', rollupMs: MINUTE_MS },
  '1h': { name: '1 h', lengthMs: HOUR_MS, resolution: 'minute', rollupMs: MINUTE_MS },
  '6h': { name: '6 h', lengthMs: 6 * HOUR_MS, resolution: 'quarter_hour', rollupMs: QUARTER_HOUR_MS },
  '24h': { name: '24 h', lengthMs: 24 * HOUR_MS, resolution: 'hour', rollupMs: HOUR_MS },
  '7d': { name: '7 days', lengthMs: 7 * 24 * HOUR_MS, resolution: 'hour', rollupMs: HOUR_MS },
}

/**
 * The stretch of time a window stands for when it ends at `untilMs`. It begins where a rollup begins, so it is up to
 * one rollup longer than its name says; work is divided by its real length.
 */
export function spanOfWindow(window: Window, untilMs: number): WorkSpan {
  const { lengthMs, resolution, rollupMs } = WINDOW_SHAPES[window]
  return { resolution, startsAtMs: Math.floor((untilMs - lengthMs) / rollupMs) * rollupMs, endsAtMs: untilMs }
}
