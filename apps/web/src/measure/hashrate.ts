import { expectationBand, type Band } from './band'

/** Accepted work between two instants. */
export interface WorkWindow {
  readonly startsAtMs: number
  readonly endsAtMs: number
  /** Expected hashes. */
  readonly work: bigint
  readonly shareCount: number
  /** Sum of the squares of the shares' works. */
  readonly workSquared: bigint
}

/** Why there is no hashrate: nobody has mined yet, or too little has been seen to say. */
export type Unmeasured = 'no-share' | 'too-early'

export type Hashrate =
  | {
      readonly measured: true
      readonly hashesPerSecond: number
      /** What the work was divided by. */
      readonly seconds: number
      /** Shares the number rests on. */
      readonly shareCount: number
      /** As many shares of one difficulty would be as good: fewer than there are, when they are unlike. */
      readonly effectiveCount: number
    }
  | { readonly measured: false; readonly why: Unmeasured }

/** Less time than this says nothing about a hashrate. */
const SHORTEST_MEASUREMENT_MS = 30_000

/**
 * Work over time, without bias at the start of the record.
 *
 * A window that reaches back before the first share ever would be diluted by time in which nobody was there, so
 * time counts from that share. Counting the share itself would inflate the result instead: the interval was chosen
 * to begin with a share, and only what follows is chance. So the first share marks the start and is not counted;
 * its work is not known apart, and the average of its window stands for it.
 *
 * @param firstShareAtMs of whoever is measured; undefined when there was none
 */
export function measureHashrate(window: WorkWindow, firstShareAtMs: number | undefined): Hashrate {
  if (firstShareAtMs === undefined || firstShareAtMs >= window.endsAtMs)
    return { measured: false, why: 'no-share' }
  const startsInside = firstShareAtMs >= window.startsAtMs
  const fromMs = startsInside ? firstShareAtMs : window.startsAtMs
  const shareCount = startsInside ? window.shareCount - 1 : window.shareCount
  const elapsedMs = window.endsAtMs - fromMs
  if (elapsedMs < SHORTEST_MEASUREMENT_MS || (startsInside && shareCount < 1)) {
    return { measured: false, why: 'too-early' }
  }
  const counted = shareCount === window.shareCount ? 1 : shareCount / window.shareCount
  const seconds = elapsedMs / 1000
  const hashesPerSecond = (Number(window.work) * counted) / seconds
  const effectiveCount = effectiveCountOf(window) * counted
  return { measured: true, hashesPerSecond, seconds, shareCount, effectiveCount }
}

/** (sum of works)^2 / (sum of their squares): of shares that are alike, their number. */
function effectiveCountOf({ work, workSquared, shareCount }: WorkWindow): number {
  if (workSquared <= 0n) return shareCount
  return Math.min(shareCount, Number(work) ** 2 / Number(workSquared))
}

/**
 * Between which the hashrate lies that has brought these shares, in nine of ten cases: shares come by chance. Undefined
 * without any, when nothing is known of their size.
 */
export function hashrateBand(hashrate: Hashrate): Band | undefined {
  if (!hashrate.measured || hashrate.effectiveCount === 0) return undefined
  const { hashesPerSecond, effectiveCount } = hashrate
  const { low, high } = expectationBand(effectiveCount)
  const each = hashesPerSecond / effectiveCount
  return { low: low * each, high: high * each }
}
