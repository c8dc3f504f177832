/** Accepted work between two instants. */
export interface WorkWindow {
  readonly startsAtMs: number
  readonly endsAtMs: number
  /** Expected hashes. */
  readonly work: bigint
  readonly shareCount: number
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
  return { measured: true, hashesPerSecond: (Number(window.work) * counted) / seconds, seconds, shareCount }
}

/**
 * How far chance alone moves a hashrate, as a part of it: one standard deviation of a Poisson count. Holds for shares
 * of like difficulty, and is undefined below two shares, where it says nothing.
 */
export function hashrateSpread(shareCount: number): number | undefined {
  return shareCount < 2 ? undefined : 1 / Math.sqrt(shareCount)
}
