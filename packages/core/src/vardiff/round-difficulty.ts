/** Significant digits of a difficulty that vardiff chooses. */
const DIGITS = 3

/**
 * A difficulty as the pool likes to say it: three significant digits, and from 1 on a whole number, because some
 * firmware cuts off the fraction and would then submit shares that are too easy.
 */
export function roundDifficulty(difficulty: number): number {
  const rounded = Number(difficulty.toPrecision(DIGITS))
  return rounded >= 1 ? Math.max(1, Math.round(rounded)) : rounded
}
