import { fastestDifficulty, FLOOD_SHARES_PER_MINUTE } from './guessed-range.js'

/** A rate of so much of a flood is taken for one: a full connection carries no exact number. */
const FLOOD_MARGIN = 0.8

/** The same rate, or nearly, and far above the wanted one, after a rise as before it: the connection was full. */
const SAME_RATIO = 0.9
const MIN_FULL_RATIO = 8

/** A second rise because of a full connection goes a little further than is proved: it still finds half its shares. */
const FULL_FACTOR = 2

/** A first one goes as much further as the fastest miner needs, and at most so much. */
const MAX_OVERSHOOT = 256

/**
 * How much further to rise than was measured (1: no further), when the shares that came are what the connection
 * carries and not what the miner finds.
 *
 * @param ratio the rate as a multiple of the wanted one
 * @param lastRatio that of the rise just before, or 0
 */
export function overshootOf(
  difficulty: number,
  ratio: number,
  lastRatio: number,
  sharesPerMinute: number,
): number {
  if (lastRatio > 0) return ratio >= Math.max(MIN_FULL_RATIO, lastRatio * SAME_RATIO) ? FULL_FACTOR : 1
  const flood = FLOOD_SHARES_PER_MINUTE / sharesPerMinute
  if (ratio < flood * FLOOD_MARGIN) return 1
  // Behind this rise come one more that finds the connection full, and one that is measured at half of what it carries.
  const reach = (difficulty * ratio * (ratio * FULL_FACTOR) * ratio) / 2
  return Math.min(Math.max(fastestDifficulty(sharesPerMinute) / reach, 1), MAX_OVERSHOOT)
}
