import { chanceOfAtMost } from './poisson.js'

/** Hours with work that a baseline needs. */
export const MIN_BASELINE_HOURS = 24
/**
 * How unlikely an hour must be, if nothing has changed, before it counts as low. One hour is judged once: whoever mines all
 * year without a change is told falsely with a chance below one in a hundred.
 */
export const FALSE_ALARM_AN_HOUR = 1e-6
/** The baseline is a measurement, too: so many of its standard errors are given away. */
const BASELINE_ERRORS = 3
/** Standard error of a median, in those of a mean. */
const MEDIAN_TO_MEAN = 1.2533
/** Shares of one hour differ in difficulty, which scatters more than as many equal ones. */
const UNEVENNESS = 2

export interface HashrateFacts {
  /** Expected hashes of each full hour of the last 7 days but the latest; hours without work may be left out. */
  readonly hours: readonly number[]
  /** Of the latest full hour. */
  readonly latest: number
  /** Expected hashes of a share, each weighed by its work. */
  readonly workPerShare: number
}

export interface HashrateVerdict {
  /** `held`: lower than wanted, and not beyond chance. */
  readonly state: 'bad' | 'good' | 'held' | 'unknown'
  /** Median of the hours with work. */
  readonly baseline: number
}

/** Whether the latest hour is `percent` below what is usual, beyond what chance explains. */
export function judgeHashrate(
  { hours, latest, workPerShare }: HashrateFacts,
  percent: number,
): HashrateVerdict {
  const mined = hours.filter((work) => work > 0)
  const baseline = medianOf(mined)
  if (mined.length < MIN_BASELINE_HOURS || workPerShare <= 0) return { state: 'unknown', baseline }
  if (latest > baseline * (1 - percent / 100))
    return { state: latest >= baseline * (1 - percent / 200) ? 'good' : 'held', baseline }
  const size = workPerShare * UNEVENNESS
  const expected = baseline / size
  const error = MEDIAN_TO_MEAN * Math.sqrt(expected / mined.length)
  const chance = chanceOfAtMost(Math.floor(latest / size), expected - BASELINE_ERRORS * error)
  return { state: chance < FALSE_ALARM_AN_HOUR ? 'bad' : 'held', baseline }
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return 0
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
