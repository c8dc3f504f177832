import type { Resolution } from '@headframe/db/pool/work-sum'
import type { WorkWindow } from './hashrate'

export const RANGES = ['1h', '6h', '24h', '7d', '30d', '1y'] as const
export type Range = (typeof RANGES)[number]

export interface RangeShape {
  /** How the range is called on the page. */
  readonly name: string
  readonly lengthMs: number
  readonly bucketMs: number
  /** The rollups its buckets are summed from. */
  readonly resolution: Resolution
}

const MINUTE = 60_000
const QUARTER_HOUR = 15 * MINUTE
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Each range draws 60 to 183 buckets, enough to see a shape on a phone and cheap to sum. */
export const RANGE_SHAPES: Readonly<Record<Range, RangeShape>> = {
  '1h': { name: 'last hour', lengthMs: HOUR, bucketMs: MINUTE, resolution: 'minute' },
  '6h': { name: 'last 6 hours', lengthMs: 6 * HOUR, bucketMs: 5 * MINUTE, resolution: 'minute' },
  '24h': { name: 'last 24 hours', lengthMs: DAY, bucketMs: QUARTER_HOUR, resolution: 'quarter_hour' },
  '7d': { name: 'last 7 days', lengthMs: 7 * DAY, bucketMs: HOUR, resolution: 'hour' },
  '30d': { name: 'last 30 days', lengthMs: 30 * DAY, bucketMs: 6 * HOUR, resolution: 'hour' },
  '1y': { name: 'last 366 days', lengthMs: 366 * DAY, bucketMs: 2 * DAY, resolution: 'day' },
}

/** A stretch of time that somebody has picked out of a chart. */
export interface Zoom {
  readonly fromMs: number
  readonly toMs: number
}

/** A stretch of time and the buckets that it is drawn in. */
export interface ChartShape {
  readonly startsAtMs: number
  /** Where the measurement ends, if that is before the end of the last bucket. */
  readonly endsAtMs: number
  readonly bucketMs: number
  readonly resolution: Resolution
}

/** What a picked stretch may be drawn in, the finest first. */
const BUCKETS = [MINUTE, 5 * MINUTE, QUARTER_HOUR, HOUR, 6 * HOUR, DAY, 2 * DAY] as const
const MAX_BUCKETS = 183
/** Less would be a bucket or two. */
export const SHORTEST_ZOOM_MS = 10 * MINUTE
/** Rollups of older minutes and hours are gone (`prune`); a day less than they are kept. */
const MINUTES_REACH_MS = 2 * DAY
const HOURS_REACH_MS = 399 * DAY

/** How a range is drawn when the record reaches to `untilMs`, or the stretch that was picked out of it. */
export function chartShape(range: Range, untilMs: number, zoom?: Zoom): ChartShape {
  if (zoom !== undefined) return zoomShape(zoom, untilMs)
  const { bucketMs, resolution } = RANGE_SHAPES[range]
  const startsAtMs = rangeStartMs(RANGE_SHAPES[range], untilMs)
  return { startsAtMs, endsAtMs: untilMs, bucketMs, resolution }
}

function zoomShape({ fromMs, toMs }: Zoom, untilMs: number): ChartShape {
  const endMs = Math.min(Math.max(toMs, fromMs + SHORTEST_ZOOM_MS), untilMs)
  const startMs = Math.min(fromMs, endMs - SHORTEST_ZOOM_MS)
  const ageMs = untilMs - startMs
  const finest = ageMs <= MINUTES_REACH_MS ? MINUTE : ageMs <= HOURS_REACH_MS ? HOUR : DAY
  const fits = (bucketMs: number) => bucketMs >= finest && (endMs - startMs) / bucketMs <= MAX_BUCKETS - 1
  const bucketMs = BUCKETS.find(fits) ?? 2 * DAY
  // Older than a chart reaches is nothing.
  const startsAtMs = Math.max(startMs, endMs - (MAX_BUCKETS - 1) * bucketMs)
  return {
    startsAtMs: Math.floor(startsAtMs / bucketMs) * bucketMs,
    endsAtMs: endMs,
    bucketMs,
    resolution: coarsestOf(bucketMs),
  }
}

/** The fewest rollups that such a bucket is made of. */
function coarsestOf(bucketMs: number): Resolution {
  if (bucketMs < QUARTER_HOUR) return 'minute'
  if (bucketMs < HOUR) return 'quarter_hour'
  return bucketMs < DAY ? 'hour' : 'day'
}

/** The UTC day of an instant. */
export function startOfDay(atMs: number): number {
  return Math.floor(atMs / DAY) * DAY
}

/** Accepted work of one bucket that had any. */
export interface WorkBucket {
  readonly startsAtMs: number
  readonly work: bigint
  readonly shareCount: number
  readonly workSquared: bigint
}

/** Where the buckets of a range that ends at `endsAtMs` begin. */
export function rangeStartMs(shape: RangeShape, endsAtMs: number): number {
  return Math.ceil(endsAtMs / shape.bucketMs) * shape.bucketMs - shape.lengthMs
}

/**
 * All buckets of a chart, in order, those without work included: no row means that nothing was accepted.
 * The last one ends where the measurement ends.
 */
export function fillChart(shape: ChartShape, buckets: readonly WorkBucket[]): WorkWindow[] {
  const { bucketMs, endsAtMs } = shape
  const byStart = new Map(buckets.map((bucket) => [bucket.startsAtMs, bucket]))
  const windows: WorkWindow[] = []
  for (let { startsAtMs } = shape; startsAtMs < endsAtMs; startsAtMs += bucketMs) {
    const bucket = byStart.get(startsAtMs)
    windows.push({
      startsAtMs,
      endsAtMs: Math.min(startsAtMs + bucketMs, endsAtMs),
      work: bucket?.work ?? 0n,
      shareCount: bucket?.shareCount ?? 0,
      workSquared: bucket?.workSquared ?? 0n,
    })
  }
  return windows
}

/** The range to begin with: the shortest that holds all there is, a day at most. */
export function firstRange(firstShareAtMs: number | undefined, nowMs: number): Range {
  const ageMs = firstShareAtMs === undefined ? 0 : nowMs - firstShareAtMs
  if (ageMs < RANGE_SHAPES['1h'].lengthMs) return '1h'
  return ageMs < RANGE_SHAPES['6h'].lengthMs ? '6h' : '24h'
}
