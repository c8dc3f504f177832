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
  if (coinbaseValueSats < 0n) throw new RangeError(`a coinbase cannot pay ${coinbaseValueSats} satoshis`)
  const feeSats = partOf(coinbaseValueSats, feeBasisPoints, 'fee')
  const rewardSats = coinbaseValueSats - feeSats
  const bonusBasisPoints = bonus?.basisPoints ?? 0
  const bonusSats = partOf(rewardSats, bonusBasisPoints, 'bonus')
  const total = totalOf(scores)
  const all = new Map(scores)
  if (bonus !== undefined && bonusSats > 0n) all.set(bonus.finder, scores.get(bonus.finder) ?? 0n)
  const shares: RewardShare[] = []
  let prefixBefore = 0n
  for (const [miner, score] of [...all].sort(([a], [b]) => compareAddresses(a, b))) {
    const prefixAfter = prefixBefore + score
    const his = miner === bonus?.finder ? bonusSats : 0n
    const amountSats = amountOf(rewardSats - bonusSats, total, prefixBefore, prefixAfter) + his
    shares.push({ miner, amountSats, bonusSats: his, directSats: 0n, prefixBefore, prefixAfter })
    prefixBefore = prefixAfter
  }
  return { feeSats, rewardSats, bonusSats, bonusBasisPoints, total, shares }
}

/**
 * floor(reward * prefixAfter / total) - floor(reward * prefixBefore / total), the reward without the bonus: a miner can
 * check his own alone.
 */
export function amountOf(
  rewardSats: bigint,
  total: bigint,
  prefixBefore: bigint,
  prefixAfter: bigint,
): bigint {
  return (rewardSats * prefixAfter) / total - (rewardSats * prefixBefore) / total
}

/** floor(sats * basisPoints / 10000). */
function partOf(sats: bigint, basisPoints: number, name: string): bigint {
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > BASIS_POINTS) {
    throw new RangeError(`a ${name} of ${basisPoints} basis points`)
  }
  return (sats * BigInt(basisPoints)) / BigInt(BASIS_POINTS)
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
