/** A miner's line of a split: his score stands between the prefix sums before and after it. */
export interface SplitLine {
  readonly amountSats: bigint
  /** What of it he has for finding the block. */
  readonly bonusSats: bigint
  /** What of it the block's coinbase has paid to him itself. */
  readonly directSats: bigint
  readonly score: bigint
  readonly prefixBefore: bigint
  readonly prefixAfter: bigint
}

export interface SplitTotals {
  readonly coinbaseValueSats: bigint
  readonly poolFeeSats: bigint
  readonly feeBasisPoints: number
  /** What goes to miners. */
  readonly rewardSats: bigint
  /** What of it the finder gets before it is cut by the scores. */
  readonly finderBonusSats: bigint
  readonly finderBonusBasisPoints: number
  /** Sum of all scores. */
  readonly windowTotal: bigint
}

/** Whether the block itself has paid its whole reward to the miner, as those of solo ports do. */
export function isPaidWhole({ directSats }: SplitLine, { rewardSats }: SplitTotals): boolean {
  return directSats > 0n && directSats === rewardSats
}

/** The arithmetic of one line, worked out again from nothing but these numbers. */
export interface SplitCheckResult {
  /** floor(coinbase value * fee / 10000); where the coinbase has paid all of the reward, what it has paid the pool. */
  readonly feeSats: bigint
  readonly rewardSats: bigint
  /** floor(reward * bonus / 10000) */
  readonly finderBonusSats: bigint
  /** reward - bonus */
  readonly cutSats: bigint
  /** floor(cut * prefixAfter / windowTotal) */
  readonly upToYouSats: bigint
  /** floor(cut * prefixBefore / windowTotal) */
  readonly beforeYouSats: bigint
  readonly amountSats: bigint
  /** Whether it all comes out as the pool has booked it. */
  readonly isRight: boolean
}

const BASIS_POINTS = 10_000n

/**
 * Cuts the reward again by cumulative floor (`docs/architecture.md`, "Money"). What everybody up to a miner gets
 * less what everybody before him gets is his; so amounts sum up exactly and nobody need trust a rounding.
 */
export function checkSplit(line: SplitLine, totals: SplitTotals): SplitCheckResult {
  const { windowTotal, coinbaseValueSats } = totals
  const cutFeeSats = (coinbaseValueSats * BigInt(totals.feeBasisPoints)) / BASIS_POINTS
  const feeSats = isPaidWhole(line, totals) ? totals.poolFeeSats : cutFeeSats
  const rewardSats = coinbaseValueSats - feeSats
  const finderBonusSats = (rewardSats * BigInt(totals.finderBonusBasisPoints)) / BASIS_POINTS
  const cutSats = rewardSats - finderBonusSats
  const cut = (prefix: bigint) => (windowTotal === 0n ? 0n : (cutSats * prefix) / windowTotal)
  const upToYouSats = cut(line.prefixAfter)
  const beforeYouSats = cut(line.prefixBefore)
  const amountSats = upToYouSats - beforeYouSats + line.bonusSats
  const isRight =
    amountSats === line.amountSats &&
    feeSats === totals.poolFeeSats &&
    rewardSats === totals.rewardSats &&
    finderBonusSats === totals.finderBonusSats &&
    (line.bonusSats === 0n || line.bonusSats === finderBonusSats) &&
    line.prefixAfter - line.prefixBefore === line.score
  return { feeSats, rewardSats, finderBonusSats, cutSats, upToYouSats, beforeYouSats, amountSats, isRight }
}
