import type { WorkWindow } from './hashrate'

export const RANGES = ['1h', '6h', '24h', '7d', '30d'] as const
export type Range = (typeof RANGES)[number]

export interface RangeShape {
  /** How the range is called on the page. */
  readonly name: string
  readonly lengthMs: number
  readonly bucketMs: number
  /** The rollups its buckets are summed from. */
  readonly resolution: 'minute' | 'hour'
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Each range draws 60 to 168 buckets, enough to see a shape on a phone and cheap to sum. */
export const RANGE_SHAPES: Readonly<Record<Range, RangeShape>> = {
  '1h': { name: 'last hour', lengthMs: HOUR, bucketMs: MINUTE, resolution: 'minute' },
  '6h': { name: 'last 6 hours', lengthMs: 6 * HOUR, bucketMs: 5 * MINUTE, resolution: 'minute' },
  '24h': { name: 'last 24 hours', lengthMs: DAY, bucketMs: 15 * MINUTE, resolution: 'minute' },
  '7d': { name: 'last 7 days', lengthMs: 7 * DAY, bucketMs: HOUR, resolution: 'hour' },
  '30d': { name: 'last 30 days', lengthMs: 30 * DAY, bucketMs: 6 * HOUR, resolution: 'hour' },
}

/** Accepted work of one bucket that had any. */
export interface WorkBucket {
  readonly startsAtMs: number
  readonly work: bigint
  readonly shareCount: number
}

/** Where the buckets of a range that ends at `endsAtMs` begin. */
export function rangeStartMs(shape: RangeShape, endsAtMs: number): number {
  return Math.ceil(endsAtMs / shape.bucketMs) * shape.bucketMs - shape.lengthMs
}

/**
 * All buckets of a range, in order, those without work included: no row means that nothing was accepted.
 * The last one ends where the measurement ends.
 */
export function fillRange(shape: RangeShape, endsAtMs: number, buckets: readonly WorkBucket[]): WorkWindow[] {
  const byStart = new Map(buckets.map((bucket) => [bucket.startsAtMs, bucket]))
  const windows: WorkWindow[] = []
  for (let startsAtMs = rangeStartMs(shape, endsAtMs); startsAtMs < endsAtMs; startsAtMs += shape.bucketMs) {
    const bucket = byStart.get(startsAtMs)
    windows.push({
      startsAtMs,
      endsAtMs: Math.min(startsAtMs + shape.bucketMs, endsAtMs),
      work: bucket?.work ?? 0n,
      shareCount: bucket?.shareCount ?? 0,
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
