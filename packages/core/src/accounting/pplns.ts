import { FEE_INCOME } from './account.js'
import type { Scheme } from './scheme.js'
import { splitSolo } from './solo.js'
import { splitReward, type RewardSplit } from './split-reward.js'

/**
 * Unit-PPLNS: a block is cut by what the shares of its window score, whoever found it, but for his bonus. One without a
 * share before it is its finder's. What its coinbase has paid to miners themselves is part of what is cut.
 */
export const pplns: Scheme = {
  mode: 'pplns',
  hasWindow: true,
  incomeAccount: FEE_INCOME,
  split({ finder, poolSats, directSats, feeBasisPoints, finderBonusBasisPoints, scores }) {
    const coinbaseValueSats = [...directSats.values()].reduce((sum, sats) => sum + sats, poolSats)
    const terms = { coinbaseValueSats, feeBasisPoints }
    if (scores.size === 0) return withDirect(splitSolo(terms, finder), directSats)
    const bonus = { finder, basisPoints: finderBonusBasisPoints }
    return withDirect(splitReward({ ...terms, bonus }, scores), directSats)
  },
}

/** A coinbase has paid a miner more than the window gives him, or somebody who is not in it. */
export class OverpaidMiner extends Error {
  override readonly name = 'OverpaidMiner'
}

function withDirect(split: RewardSplit, directSats: ReadonlyMap<string, bigint>): RewardSplit {
  if (directSats.size === 0) return split
  const shares = split.shares.map((share) => ({ ...share, directSats: directSats.get(share.miner) ?? 0n }))
  const amounts = new Map(shares.map(({ miner, amountSats }) => [miner, amountSats]))
  for (const [miner, paidSats] of directSats) {
    const amountSats = amounts.get(miner) ?? 0n
    if (paidSats > amountSats) {
      throw new OverpaidMiner(`the coinbase pays ${miner} ${paidSats} satoshis, his part is ${amountSats}`)
    }
  }
  return { ...split, shares }
}
