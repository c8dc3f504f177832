import { MAX_DIFFICULTY, MIN_DIFFICULTY } from '../stratum/format-difficulty.js'

/** Significant digits of a difficulty that vardiff chooses. */
const DIGITS = 3

/**
 * A difficulty as the pool likes to say it: three significant digits, and from 1 on a whole number, because some
 * firmware cuts off the fraction and would then submit shares that are too easy. Of two whole numbers the nearer by
 * ratio, so that a small one is never off by more than the square root of 2. Always within 1e-9 and 2^53.
 */
export function roundDifficulty(difficulty: number): number {
  const rounded = Number(difficulty.toPrecision(DIGITS))
  const whole = rounded < 1 || rounded >= 100 ? rounded : roundByRatio(rounded)
  return Math.min(Math.max(whole, MIN_DIFFICULTY), MAX_DIFFICULTY)
}

function roundByRatio(value: number): number {
  const floor = Math.floor(value)
  return value * value < floor * (floor + 1) ? floor : floor + 1
}
