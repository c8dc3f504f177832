import { gammaCdf, gammaQuantile } from './gamma'

/** Of ten bands nine hold the true value. */
export const CONFIDENCE = 0.9
const TAIL = (1 - CONFIDENCE) / 2

/** A stretch that holds the true value in nine of ten cases. */
export interface Band {
  readonly low: number
  readonly high: number
}

/**
 * What was to be expected when `count` events came (Garwood). A count need not be whole: shares of unlike difficulty
 * count as fewer of like ones, (sum of works)^2 / (sum of squares) of them.
 */
export function expectationBand(count: number): Band {
  return { low: gammaQuantile(count, TAIL), high: gammaQuantile(count + 1, 1 - TAIL) }
}

/** How many events come in nine of ten cases where `expected` are expected; whole numbers, both included. */
export function countBand(expected: number): Band {
  return { low: fewest(expected, TAIL), high: fewest(expected, 1 - TAIL) }
}

/** The mean effort of `blocks` rounds in nine of ten cases: each round is 1 on average, and chance spreads them. */
export function meanEffortBand(blocks: number): Band {
  return { low: gammaQuantile(blocks, TAIL) / blocks, high: gammaQuantile(blocks, 1 - TAIL) / blocks }
}

/** The chance that at most `count` events come where `expected` are expected. */
export function chanceOfAtMost(count: number, expected: number): number {
  return count < 0 ? 0 : 1 - gammaCdf(count + 1, expected)
}

/** The smallest count that is not exceeded with this probability at least. */
function fewest(expected: number, probability: number): number {
  let low = -1
  let high = Math.ceil(expected + 10 * Math.sqrt(expected) + 20)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (chanceOfAtMost(middle, expected) >= probability) high = middle
    else low = middle
  }
  return high
}
