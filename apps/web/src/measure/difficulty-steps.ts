/** Accepted shares of a bucket of time. */
export interface DifficultyBucket {
  readonly startsAtMs: number
  /** Mean of what the shares were credited; undefined without any. */
  readonly difficulty: number | undefined
}

export interface DifficultyStep {
  /** Start of the first bucket that has only the new one. */
  readonly atMs: number
  readonly from: number
  readonly to: number
}

/** A mean that differs by less is the same difficulty, but for how it was rounded. */
const SAME_WITHIN = 0.005

/**
 * Where the difficulty changed. A bucket in which it did has a mean between the two and is passed over; one that has
 * no shares says nothing.
 */
export function difficultySteps(buckets: readonly DifficultyBucket[]): DifficultyStep[] {
  const seen = buckets.flatMap(({ startsAtMs, difficulty }) =>
    difficulty === undefined ? [] : [{ startsAtMs, difficulty }],
  )
  const steps: DifficultyStep[] = []
  let current = seen[0]?.difficulty
  for (const [index, { startsAtMs, difficulty }] of seen.entries()) {
    if (current === undefined || isSame(current, difficulty)) continue
    const next = seen[index + 1]?.difficulty
    if (next !== undefined && isBetween(difficulty, current, next)) continue
    steps.push({ atMs: startsAtMs, from: current, to: difficulty })
    current = difficulty
  }
  return steps
}

const isSame = (a: number, b: number): boolean => Math.abs(a / b - 1) < SAME_WITHIN

const isBetween = (value: number, a: number, b: number): boolean =>
  !isSame(value, b) && value > Math.min(a, b) && value < Math.max(a, b)
