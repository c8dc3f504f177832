/** A miner's line of a split: his score stands between the prefix sums before and after it. */
export interface SplitLine {
  readonly amountSats: bigint
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
  /** Sum of all scores. */
  readonly windowTotal: bigint
}

/** The arithmetic of one line, worked out again from nothing but these numbers. */
export interface SplitCheckResult {
  /** floor(coinbase value * fee / 10000); where the coinbase has paid the miner, what it has paid the pool. */
  readonly feeSats: bigint
  readonly rewardSats: bigint
  /** floor(reward * prefixAfter / windowTotal) */
  readonly upToYouSats: bigint
  /** floor(reward * prefixBefore / windowTotal) */
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
  const feeSats = line.directSats > 0n ? totals.poolFeeSats : cutFeeSats
  const rewardSats = coinbaseValueSats - feeSats
  const cut = (prefix: bigint) => (windowTotal === 0n ? 0n : (rewardSats * prefix) / windowTotal)
  const upToYouSats = cut(line.prefixAfter)
  const beforeYouSats = cut(line.prefixBefore)
  const amountSats = upToYouSats - beforeYouSats
  const isRight =
    amountSats === line.amountSats &&
    feeSats === totals.poolFeeSats &&
    rewardSats === totals.rewardSats &&
    line.prefixAfter - line.prefixBefore === line.score
  return { feeSats, rewardSats, upToYouSats, beforeYouSats, amountSats, isRight }
}
