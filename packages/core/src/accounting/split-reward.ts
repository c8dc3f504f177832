export interface RewardOptions {
  /** What the block's coinbase pays to the pool. */
  readonly coinbaseValueSats: bigint
  /** Hundredths of a percent, 0 to 10,000. */
  readonly feeBasisPoints: number
}

/** One miner's part, with all he needs to check it: see `amountOf`. */
export interface RewardShare {
  /** Address. */
  readonly miner: string
  readonly amountSats: bigint
  /** What of it the block's coinbase pays to him itself. */
  readonly directSats: bigint
  /** Sum of the scores of the miners before him in the order of addresses, */
  readonly prefixBefore: bigint
  /** and the same with his own. */
  readonly prefixAfter: bigint
}

export interface RewardSplit {
  readonly feeSats: bigint
  /** `coinbaseValueSats - feeSats`: exactly what the shares add up to. */
  readonly rewardSats: bigint
  /** Sum of all scores. */
  readonly total: bigint
  /** In the order of addresses. */
  readonly shares: readonly RewardShare[]
}

const BASIS_POINTS = 10_000

/**
 * Splits a block among miners in proportion to their scores, by cumulative floor: amounts sum exactly, each is less
 * than a satoshi from its exact share, a score of 0 earns 0, and the order of `scores` does not matter.
 *
 * A window that is not full needs no rule of its own: what counts is each score over the sum. Throws RangeError for
 * a negative score or value, a fee out of range, and when all scores are 0.
 */
export function splitReward(options: RewardOptions, scores: ReadonlyMap<string, bigint>): RewardSplit {
  const feeSats = feeOf(options)
  const rewardSats = options.coinbaseValueSats - feeSats
  const total = totalOf(scores)
  const shares: RewardShare[] = []
  let prefixBefore = 0n
  for (const [miner, score] of [...scores].sort(([a], [b]) => compareAddresses(a, b))) {
    const prefixAfter = prefixBefore + score
    const amountSats = amountOf(rewardSats, total, prefixBefore, prefixAfter)
    shares.push({ miner, amountSats, directSats: 0n, prefixBefore, prefixAfter })
    prefixBefore = prefixAfter
  }
  return { feeSats, rewardSats, total, shares }
}

/** SOLO: all but the fee to the finder. */
export function splitSolo(options: RewardOptions, finder: string): RewardSplit {
  return splitReward(options, new Map([[finder, 1n]]))
}

/** SOLO, when the coinbase has paid the finder: he has had his part, and what it has paid the pool is the fee. */
export function splitPaid(poolSats: bigint, finderSats: bigint, finder: string): RewardSplit {
  const share = {
    miner: finder,
    amountSats: finderSats,
    directSats: finderSats,
    prefixBefore: 0n,
    prefixAfter: 1n,
  }
  return { feeSats: poolSats, rewardSats: finderSats, total: 1n, shares: [share] }
}

/** floor(reward * prefixAfter / total) - floor(reward * prefixBefore / total): a miner can check his own alone. */
export function amountOf(
  rewardSats: bigint,
  total: bigint,
  prefixBefore: bigint,
  prefixAfter: bigint,
): bigint {
  return (rewardSats * prefixAfter) / total - (rewardSats * prefixBefore) / total
}

function feeOf({ coinbaseValueSats, feeBasisPoints }: RewardOptions): bigint {
  if (coinbaseValueSats < 0n) throw new RangeError(`a coinbase cannot pay ${coinbaseValueSats} satoshis`)
  if (!Number.isInteger(feeBasisPoints) || feeBasisPoints < 0 || feeBasisPoints > BASIS_POINTS) {
    throw new RangeError(`a fee of ${feeBasisPoints} basis points`)
  }
  return (coinbaseValueSats * BigInt(feeBasisPoints)) / BigInt(BASIS_POINTS)
}

function totalOf(scores: ReadonlyMap<string, bigint>): bigint {
  let total = 0n
  for (const [miner, score] of scores) {
    if (score < 0n) throw new RangeError(`${miner} cannot have the score ${score}`)
    total += score
  }
  if (total === 0n) throw new RangeError('a reward cannot be split over no score')
  return total
}

/** Addresses are ASCII, so the order of UTF-16 code units is that of their bytes. */
function compareAddresses(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
