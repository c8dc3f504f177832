import { expectEarnings, type ExpectedEarnings, type RewardBasis } from './earning-power'

const DAY_MS = 86_400_000

interface Earned {
  readonly dayMs: number
  readonly maturedSats: bigint
  /** Of the matured: what FPPS shares were paid, and their score. */
  readonly sharesSats: bigint
  readonly sharesScore: bigint
  readonly immatureSats: bigint
  readonly blockCount: number
}

interface Scored {
  readonly dayMs: number
  readonly ownScore: bigint
  readonly poolScore: bigint
}

const NOTHING = { maturedSats: 0n, sharesSats: 0n, sharesScore: 0n, immatureSats: 0n, blockCount: 0 }

/** A UTC day of a miner. */
export interface EarningDay {
  readonly dayMs: number
  readonly maturedSats: bigint
  readonly sharesSats: bigint
  readonly immatureSats: bigint
  readonly blockCount: number
  /** What his work of the day was to bring on average. */
  readonly expectedSats: number
}

/**
 * What work was to bring: on average, because blocks are found by chance; FPPS shares as they were paid.
 * Those count when they were paid, an hour or so after they were sent.
 */
export function expectOf(
  earned: Pick<Earned, 'sharesSats' | 'sharesScore'>,
  { ownScore, poolScore }: Omit<Scored, 'dayMs'>,
  basis: RewardBasis,
): ExpectedEarnings {
  const byBlocks = ownScore > earned.sharesScore ? ownScore - earned.sharesScore : 0n
  const { expectedSats, lowSats, highSats, expectedBlocks } = expectEarnings(byBlocks, poolScore, basis)
  const sure = Number(earned.sharesSats)
  return {
    expectedSats: expectedSats + sure,
    lowSats: lowSats + sure,
    highSats: highSats + sure,
    expectedBlocks,
  }
}

/** Every day of a stretch, those without anything included. */
export function fillDays(
  { sinceMs, untilMs }: { readonly sinceMs: number; readonly untilMs: number },
  earned: readonly Earned[],
  scores: readonly Scored[],
  basis: RewardBasis,
): EarningDay[] {
  const earnedOf = new Map(earned.map((day) => [day.dayMs, day]))
  const scoreOf = new Map(scores.map((day) => [day.dayMs, day]))
  const days: EarningDay[] = []
  for (let dayMs = sinceMs; dayMs < untilMs; dayMs += DAY_MS) {
    const { sharesScore, ...brought } = earnedOf.get(dayMs) ?? NOTHING
    const score = scoreOf.get(dayMs) ?? { ownScore: 0n, poolScore: 0n }
    const { expectedSats } = expectOf({ ...brought, sharesScore }, score, basis)
    days.push({ ...brought, dayMs, expectedSats })
  }
  return days
}
