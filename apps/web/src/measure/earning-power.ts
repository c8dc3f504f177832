import { effortOfScore } from '@headframe/core/accounting/effort'
import { countBand } from './band'

const BASIS_POINTS = 10_000

/** What a block is worth to the miners who share it. */
export interface RewardBasis {
  /** Subsidy and fees, on average of the blocks that it rests on. */
  readonly blockSats: bigint
  readonly feeBasisPoints: number
}

/** What so much score earns on average; a score of 2^96 is a whole block. */
export function expectedSats(score: bigint, { blockSats, feeBasisPoints }: RewardBasis): number {
  return effortOfScore(score) * Number(blockSats) * (1 - feeBasisPoints / BASIS_POINTS)
}

export interface ExpectedEarnings {
  readonly expectedSats: number
  /** Between which it falls in nine of ten cases, because the pool finds blocks by chance. */
  readonly lowSats: number
  readonly highSats: number
  /** Blocks that were to be expected of all work of the pool. */
  readonly expectedBlocks: number
}

/** What a miner's part of the pool's work was to bring him. */
export function expectEarnings(ownScore: bigint, poolScore: bigint, basis: RewardBasis): ExpectedEarnings {
  const sats = expectedSats(ownScore, basis)
  const expectedBlocks = effortOfScore(poolScore)
  if (expectedBlocks === 0) return { expectedSats: sats, lowSats: 0, highSats: 0, expectedBlocks }
  const { low, high } = countBand(expectedBlocks)
  const satsPerBlock = sats / expectedBlocks
  return { expectedSats: sats, lowSats: low * satsPerBlock, highSats: high * satsPerBlock, expectedBlocks }
}

/** Rejects that were honest work which came too late. */
const LATE_REASONS = ['stale-share', 'late-share', 'job-not-found']

/**
 * What a worker has lost by shares that came too late: each as much as his accepted ones are worth on average.
 * Undefined when none was accepted, so that nothing is known of their size.
 */
export function staleCostSats(
  rejects: Readonly<Record<string, number>>,
  accepted: { readonly score: bigint; readonly shareCount: number },
  basis: RewardBasis,
): number | undefined {
  const late = LATE_REASONS.reduce((sum, reason) => sum + (rejects[reason] ?? 0), 0)
  if (late === 0) return 0
  if (accepted.shareCount === 0) return undefined
  return (expectedSats(accepted.score, basis) / accepted.shareCount) * late
}
