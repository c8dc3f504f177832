import { FLOOD_SHARES_PER_MINUTE, slowestDifficulty } from './guessed-range.js'

/** A last fall may overshoot this much beyond what is a flood for a miner at its upper end: few miners are there. */
const LAST_FALL_MARGIN = 3

/**
 * Silence that is too long for a session without any share yet, in shares that were due: at the right difficulty one
 * session in 3,000 is so unlucky. A long fall overshoots a miner that was only slow by much, so it waits longer.
 */
export const FIRST_SILENCE_SHARES = 8
const SHORT_FALL_FACTOR = 5_000
const SHARES_PER_DECADE = 4

/** So that what is left after a rounded first fall is within the reach of the second. */
const ROUNDING_MARGIN = 1.01

/** Falls below the slowest miner worth a guess. */
const BLIND_FALL_FACTOR = 16

/** A miner that was running well is probably away for a while; one that was heard by luck is anywhere below. */
const RUNNING_FALL_FACTOR = 32
const LUCKY_FALL_FACTOR = 1024

/** How much further than measured a fall goes that rests on few shares, and how much more on very few. */
const GUESS_FACTOR = 4
const GUESS_SHARES = 8

/** How far up from the slowest miner a last fall may begin. */
function reachOf(sharesPerMinute: number): number {
  return (LAST_FALL_MARGIN * FLOOD_SHARES_PER_MINUTE) / sharesPerMinute
}

/**
 * By how much to fall when a session that has never found a share is silent. Silence says "slower" and not by how
 * much, so the whole way down to the slowest miner is cut in two: the second fall ends there. Whoever is overshot is
 * measured by its flood of shares within a second, and rises once. The second fall is kept short enough for that.
 */
export function firstFallFactor(difficulty: number, sharesPerMinute: number): number {
  const range = difficulty / slowestDifficulty(sharesPerMinute)
  const reach = reachOf(sharesPerMinute)
  if (range <= 2) return BLIND_FALL_FACTOR
  if (range <= reach) return range
  return Math.max(Math.sqrt(range), range / reach) * ROUNDING_MARGIN
}

/** How long to listen, in shares that were due, before a first fall by a factor: the further, the longer. */
export function silenceBeforeFall(factor: number): number {
  return FIRST_SILENCE_SHARES + SHARES_PER_DECADE * Math.max(Math.log10(factor / SHORT_FALL_FACTOR), 0)
}

/**
 * By how much to fall when a miner that was heard is silent now; 1 at the slowest miner worth a guess, because it may
 * come back as fast as it was.
 */
export function laterFallFactor(difficulty: number, sharesPerMinute: number, wasRunning: boolean): number {
  const range = Math.max(difficulty / slowestDifficulty(sharesPerMinute), 1)
  if (wasRunning) return Math.min(RUNNING_FALL_FACTOR, range)
  return range <= reachOf(sharesPerMinute) ? range : LUCKY_FALL_FACTOR
}

/** By how much to fall when a few shares came, at least one, where `due` were due. */
export function guessedFallFactor(count: number, due: number): number {
  return (GUESS_FACTOR * (1 + GUESS_SHARES / count) * due) / count
}
