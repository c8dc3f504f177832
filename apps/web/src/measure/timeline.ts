import { workOfDifficulty } from '@headframe/core/chain/target'
import type { ChartShape } from './range'

const HASHES_OF_ONE = Number(workOfDifficulty(1))

interface OutcomeBucket {
  readonly startsAtMs: number
  readonly outcome: string
  readonly count: number
  readonly work: bigint
}

export interface TimelinePoint {
  readonly startsAtMs: number
  readonly endsAtMs: number
  readonly acceptedCount: number
  readonly rejectedCount: number
  /** `RejectReason` -> count. */
  readonly rejects: Readonly<Record<string, number>>
  /** Mean of what accepted shares were credited; undefined without any. */
  readonly difficulty: number | undefined
  /** False before the worker was first seen. */
  readonly isKnown: boolean
}

/** All buckets of a chart in order, those without shares included. */
export function fillTimeline(
  { startsAtMs, endsAtMs, bucketMs }: ChartShape,
  buckets: readonly OutcomeBucket[],
  firstSeenAtMs: number,
): TimelinePoint[] {
  const byStart = new Map<number, OutcomeBucket[]>()
  for (const bucket of buckets)
    byStart.set(bucket.startsAtMs, [...(byStart.get(bucket.startsAtMs) ?? []), bucket])
  const points: TimelinePoint[] = []
  for (let atMs = startsAtMs; atMs < endsAtMs; atMs += bucketMs) {
    const until = Math.min(atMs + bucketMs, endsAtMs)
    points.push(pointOf(byStart.get(atMs) ?? [], atMs, until, firstSeenAtMs))
  }
  return points
}

function pointOf(
  buckets: readonly OutcomeBucket[],
  startsAtMs: number,
  endsAtMs: number,
  firstSeenAtMs: number,
): TimelinePoint {
  const accepted = buckets.find(({ outcome }) => outcome === 'accepted')
  const rejected = buckets.filter((bucket) => bucket !== accepted)
  return {
    startsAtMs,
    endsAtMs,
    acceptedCount: accepted?.count ?? 0,
    rejectedCount: rejected.reduce((sum, { count }) => sum + count, 0),
    rejects: Object.fromEntries(rejected.map(({ outcome, count }) => [outcome, count])),
    difficulty: accepted && Number(accepted.work) / accepted.count / HASHES_OF_ONE,
    isKnown: endsAtMs > firstSeenAtMs,
  }
}
