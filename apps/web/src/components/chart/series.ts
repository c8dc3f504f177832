import { hashrateBand } from '../../measure/hashrate'
import type { HashratePoint } from '../../server/chart'

/** One corner of the stepped line: a bucket's hashrate, H/s, null where it was not measured. */
export interface SeriesPoint {
  readonly atMs: number
  readonly endsAtMs: number
  readonly hashesPerSecond: number | null
  /** Between which the hashrate lies that has brought these shares, in nine of ten cases. */
  readonly band: readonly [number, number] | null
  readonly point: HashratePoint
}

/**
 * Buckets as corners of a stepped line. The last bucket is drawn twice, so that its step has a width.
 *
 * Buckets in which less than half has passed are left out at the end: they would twitch with each share.
 */
export function seriesOf(points: readonly HashratePoint[], bucketMs: number): SeriesPoint[] {
  const last = points.at(-1)
  const isStub = last !== undefined && last.endsAtMs - last.startsAtMs < bucketMs / 2
  const shown = isStub ? points.slice(0, -1) : points
  const series = shown.map((point) => cornerOf(point, point.startsAtMs))
  const end = shown.at(-1)
  return end === undefined ? series : [...series, cornerOf(end, end.endsAtMs)]
}

function cornerOf(point: HashratePoint, atMs: number): SeriesPoint {
  const { hashrate, endsAtMs } = point
  const band = hashrateBand(hashrate)
  return {
    atMs,
    endsAtMs,
    hashesPerSecond: hashrate.measured ? hashrate.hashesPerSecond : null,
    band: band === undefined ? null : [band.low, band.high],
    point,
  }
}

/** Where the line begins, when it begins inside the chart: everything before was not measured. */
export function unmeasuredUntilMs(series: readonly SeriesPoint[]): number | undefined {
  const first = series.findIndex(({ hashesPerSecond }) => hashesPerSecond !== null)
  if (first === 0) return undefined
  return first === -1 ? series.at(-1)?.atMs : series[first]?.atMs
}

/** What the line says, in one sentence for those who do not see it. */
export interface SeriesSummary {
  readonly lowest: number
  readonly highest: number
  readonly latest: number
}

export function summarise(series: readonly SeriesPoint[]): SeriesSummary | undefined {
  const values = series.flatMap(({ hashesPerSecond }) => (hashesPerSecond === null ? [] : [hashesPerSecond]))
  const latest = values.at(-1)
  if (latest === undefined) return undefined
  return { lowest: Math.min(...values), highest: Math.max(...values), latest }
}
