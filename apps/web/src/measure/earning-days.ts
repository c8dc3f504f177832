import { expectedSats, type RewardBasis } from './earning-power'

const DAY_MS = 86_400_000

interface Earned {
  readonly dayMs: number
  readonly maturedSats: bigint
  readonly immatureSats: bigint
  readonly blockCount: number
}

interface Scored {
  readonly dayMs: number
  readonly ownScore: bigint
}

/** A UTC day of a miner. */
export interface EarningDay extends Earned {
  /** What his work of the day was to bring on average. */
  readonly expectedSats: number
}

/** Every day of a stretch, those without anything included. */
export function fillDays(
  { sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number },
  earned: readonly Earned[],
  scores: readonly Scored[],
  basis: RewardBasis,
): EarningDay[] {
  const earnedOf = new Map(earned.map((day) => [day.dayMs, day]))
  const scoreOf = new Map(scores.map(({ dayMs, ownScore }) => [dayMs, ownScore]))
  const days: EarningDay[] = []
  for (let dayMs = sinceMs; dayMs < untilMs; dayMs += DAY_MS) {
    const { maturedSats = 0n, immatureSats = 0n, blockCount = 0 } = earnedOf.get(dayMs) ?? {}
    const expected = expectedSats(scoreOf.get(dayMs) ?? 0n, basis)
    days.push({ dayMs, maturedSats, immatureSats, blockCount, expectedSats: expected })
  }
  return days
}
