/** Scores are in units of 2^-96 of a block's expected work (`docs/architecture.md`, "Money"). */
const SCORE_ONE = 2 ** 96

/** Effort as a ratio: 1 = as much work as a block takes on average. */
export function effortOfScore(score: bigint): number {
  return Number(score) / SCORE_ONE
}
