export interface RewardOptions {
  /** What the block's coinbase pays to the pool, and to its miners. */
  readonly coinbaseValueSats: bigint
  /** Hundredths of a percent, 0 to 10,000. */
  readonly feeBasisPoints: number
  /** What the finder gets before the scores are looked at; none when it is left out. */
  readonly bonus?: FinderBonus | undefined
}

export interface FinderBonus {
  /** Address. */
  readonly finder: string
  /** Of what goes to miners; hundredths of a percent, 0 to 10,000. */
  readonly basisPoints: number
}

/** One miner's part, with all he needs to check it: see `amountOf`. */
export interface RewardShare {
  /** Address. */
  readonly miner: string
  /** What his score comes to, and the bonus if he is the finder. */
  readonly amountSats: bigint
  /** What of it he has for finding the block. */
  readonly bonusSats: bigint
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
  /** Of it the finder's bonus; what is left is cut by the scores. */
  readonly bonusSats: bigint
  /** By which the bonus was worked out. */
  readonly bonusBasisPoints: number
  /** Sum of all scores. */
  readonly total: bigint
  /** In the order of addresses. */
  readonly shares: readonly RewardShare[]
}

const BASIS_POINTS = 10_000

/**
 * Splits a block among miners in proportion to their scores, by cumulative floor: amounts sum exactly, each is less
 * than a satoshi from its exact share, a score of 0 earns 0, and the order of `scores` does not matter. A bonus is
 * taken off first, and the finder has a line even when he has no score.
 *
 * A window that is not full needs no rule of its own: what counts is each score over the sum. Throws RangeError for
 * a negative score or value, a fee or bonus out of range, and when all scores are 0.
 */
export function splitReward(options: RewardOptions, scores: ReadonlyMap<string, bigint>): RewardSplit {
  const { coinbaseValueSats, feeBasisPoints, bonus } = options
  const bonusBasisPoints = bonus?.basisPoints ?? 0
  const { feeSats, rewardSats, bonusSats, cutSats } = cutTerms(
    coinbaseValueSats,
    feeBasisPoints,
    bonusBasisPoints,
  )
  const all = new Map(scores)
  if (bonus !== undefined && bonusSats > 0n) all.set(bonus.finder, scores.get(bonus.finder) ?? 0n)
  const { total, lines } = prefixSums(all)
  if (total === 0n) throw new RangeError('a reward cannot be split over no score')
  const shares = lines.map(({ miner, prefixBefore, prefixAfter }): RewardShare => {
    const his = miner === bonus?.finder ? bonusSats : 0n
    const amountSats = amountOf(cutSats, total, prefixBefore, prefixAfter) + his
    return { miner, amountSats, bonusSats: his, directSats: 0n, prefixBefore, prefixAfter }
  })
  return { feeSats, rewardSats, bonusSats, bonusBasisPoints, total, shares }
}

/** Where a miner stands in a window. */
export interface PrefixLine {
  readonly miner: string
  readonly score: bigint
  readonly prefixBefore: bigint
  readonly prefixAfter: bigint
}

/** The miners of a window in the order of addresses, and the sum of all their scores. Throws RangeError for a negative one. */
export function prefixSums(scores: ReadonlyMap<string, bigint>): {
  readonly total: bigint
  readonly lines: readonly PrefixLine[]
} {
  let total = 0n
  const lines = [...scores]
    .sort(([a], [b]) => compareAddresses(a, b))
    .map(([miner, score]): PrefixLine => {
      if (score < 0n) throw new RangeError(`${miner} cannot have the score ${score}`)
      const prefixBefore = total
      total += score
      return { miner, score, prefixBefore, prefixAfter: total }
    })
  return { total, lines }
}

export interface CutTerms {
  readonly feeSats: bigint
  readonly rewardSats: bigint
  readonly bonusSats: bigint
  /** What is left for the scores. */
  readonly cutSats: bigint
}

/** What goes off before the scores are looked at. Throws RangeError as `splitReward` does. */
export function cutTerms(
  coinbaseValueSats: bigint,
  feeBasisPoints: number,
  bonusBasisPoints: number,
): CutTerms {
  if (coinbaseValueSats < 0n) throw new RangeError(`a coinbase cannot pay ${coinbaseValueSats} satoshis`)
  const feeSats = partOf(coinbaseValueSats, feeBasisPoints, 'fee')
  const rewardSats = coinbaseValueSats - feeSats
  const bonusSats = partOf(rewardSats, bonusBasisPoints, 'bonus')
  return { feeSats, rewardSats, bonusSats, cutSats: rewardSats - bonusSats }
}

/** floor(cut * prefixAfter / total) - floor(cut * prefixBefore / total): a miner can check his own alone. */
export function amountOf(cutSats: bigint, total: bigint, prefixBefore: bigint, prefixAfter: bigint): bigint {
  return (cutSats * prefixAfter) / total - (cutSats * prefixBefore) / total
}

/** floor(sats * basisPoints / 10000). */
function partOf(sats: bigint, basisPoints: number, name: string): bigint {
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > BASIS_POINTS) {
    throw new RangeError(`a ${name} of ${basisPoints} basis points`)
  }
  return (sats * BigInt(basisPoints)) / BigInt(BASIS_POINTS)
}

/** Addresses are ASCII, so the order of UTF-16 code units is that of their bytes. */
function compareAddresses(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
