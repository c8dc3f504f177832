import type { WorkBucket, WorkChart } from '@headframe/db/pool/work-sum'
import { measureHashrate, type Hashrate } from '../measure/hashrate'
import { chartShape, fillChart, type Range, type Zoom } from '../measure/range'

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

/** A range of hashrates that ends at `untilMs`, or what was picked out of it, from a query that sums accepted work into buckets. */
export async function chartHashrate(
  { range, zoom }: { readonly range: Range; readonly zoom?: Zoom | undefined },
  untilMs: number,
  firstShareAtMs: number | undefined,
  readBuckets: (chart: WorkChart) => Promise<WorkBucket[]>,
): Promise<HashrateChart> {
  const shape = chartShape(range, untilMs, zoom)
  const points = fillChart(shape, await readBuckets(shape)).map((window) => ({
    startsAtMs: window.startsAtMs,
    endsAtMs: window.endsAtMs,
    hashrate: measureHashrate(window, firstShareAtMs),
  }))
  return { range, bucketMs: shape.bucketMs, points }
}
