import { bigintOfNumeric } from '../numeric.js'

/** How long a rollup is. */
export type Resolution = 'minute' | 'quarter_hour' | 'hour' | 'day'

/** A stretch of time, [startsAtMs, endsAtMs), in rollups of one resolution; it starts where one of them starts. */
export interface WorkSpan {
  readonly resolution: Resolution
  readonly startsAtMs: number
  readonly endsAtMs: number
}

/** Accepted work of a stretch of time. */
export interface WorkSum {
  /** Expected hashes. */
  readonly work: bigint
  readonly shareCount: number
  /** Sum of the squares of the shares' works: how far chance moves the sum hangs on it. */
  readonly workSquared: bigint
}

export interface WorkSumRow {
  readonly work: string
  readonly share_count: string
  readonly work_squared: string
}

/** Of a row of accepted work; what was rolled up before squares were kept counts as if its shares were alike. */
export const SQUARES_SQL = `CASE WHEN work_squared = 0 AND count > 0 THEN div(work * work, count) ELSE work_squared END`

/** Columns of a `WorkSumRow` over rows of a rollup. */
export const SUMS_SQL = `COALESCE(sum(work), 0) AS work, COALESCE(sum(count), 0) AS share_count,
  COALESCE(sum(${SQUARES_SQL}), 0) AS work_squared`

export function sumOfRow(row: WorkSumRow): WorkSum {
  return {
    work: bigintOfNumeric(row.work),
    shareCount: Number(row.share_count),
    workSquared: bigintOfNumeric(row.work_squared),
  }
}

/** Spans as rows, `nth` from 1 on, of the parameters $2 to $4 that `spanColumns` gives. */
export const SPANS_SQL = `unnest($2::resolution[], $3::timestamptz[], $4::timestamptz[])
  WITH ORDINALITY AS span (resolution, starts_at, ends_at, nth)`

export function spanColumns(spans: readonly WorkSpan[]): [string[], Date[], Date[]] {
  return [
    spans.map(({ resolution }) => resolution),
    spans.map(({ startsAtMs }) => new Date(startsAtMs)),
    spans.map(({ endsAtMs }) => new Date(endsAtMs)),
  ]
}

/** A span cut into buckets of `bucketMs`, which divides a day and is a multiple of the resolution. */
export interface WorkChart extends WorkSpan {
  readonly bucketMs: number
}

/** A bucket that holds accepted work; those without have no entry. */
export interface WorkBucket extends WorkSum {
  readonly startsAtMs: number
}

export interface WorkBucketRow extends WorkSumRow {
  readonly starts_at: Date
}

export function bucketOfRow(row: WorkBucketRow): WorkBucket {
  return { startsAtMs: row.starts_at.getTime(), ...sumOfRow(row) }
}

/** Parameters $1 to $4 of a chart query: resolution, start, end, seconds of a bucket. */
export function chartParameters(chart: WorkChart): [string, Date, Date, number] {
  return [chart.resolution, new Date(chart.startsAtMs), new Date(chart.endsAtMs), chart.bucketMs / 1000]
}

/** A rollup's bucket, aligned to the epoch: what $4 of `chartParameters` cuts time into. */
export const BUCKET_SQL = `date_bin(make_interval(secs => $4), starts_at, 'epoch'::timestamptz)`
