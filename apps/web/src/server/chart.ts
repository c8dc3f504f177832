import type { WorkBucket, WorkChart } from '@headframe/db/pool/work-sum'
import { measureHashrate, type Hashrate } from '../measure/hashrate'
import { fillRange, RANGE_SHAPES, rangeStartMs, type Range } from '../measure/range'

export interface HashratePoint {
  readonly startsAtMs: number
  readonly endsAtMs: number
  readonly hashrate: Hashrate
}

export interface HashrateChart {
  readonly range: Range
  readonly bucketMs: number
  readonly points: readonly HashratePoint[]
}

/** A range of hashrates that ends at `untilMs`, from a query that sums accepted work into buckets. */
export async function chartHashrate(
  range: Range,
  untilMs: number,
  firstShareAtMs: number | undefined,
  readBuckets: (chart: WorkChart) => Promise<WorkBucket[]>,
): Promise<HashrateChart> {
  const shape = RANGE_SHAPES[range]
  const { resolution, bucketMs } = shape
  const startsAtMs = rangeStartMs(shape, untilMs)
  const buckets = await readBuckets({ resolution, bucketMs, startsAtMs, endsAtMs: untilMs })
  const points = fillRange(shape, untilMs, buckets).map((window) => ({
    startsAtMs: window.startsAtMs,
    endsAtMs: window.endsAtMs,
    hashrate: measureHashrate(window, firstShareAtMs),
  }))
  return { range, bucketMs, points }
}
