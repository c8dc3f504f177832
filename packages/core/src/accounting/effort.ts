import { SCORE_UNIT } from './score.js'

/**
 * Effort of a round whose shares scored `score` together: the number of blocks that were to be expected of their
 * work. 1 is an average round, below 1 a lucky one. The nearest double; for people, never for pay.
 */
export function effortOfScore(score: bigint): number {
  // Number() rounds to the nearest double, and dividing by a power of two does not round again.
  return Number(score) / Number(SCORE_UNIT)
}
