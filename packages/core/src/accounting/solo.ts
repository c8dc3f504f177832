import { FEE_INCOME } from './account.js'
import type { Scheme } from './scheme.js'
import { splitReward, type RewardOptions, type RewardSplit } from './split-reward.js'

/**
 * SOLO: a block is its finder's, but for the fee. As a rule its coinbase has paid him; where it has not, because it is
 * of before or his script is the pool's, the pool owes him.
 */
export const solo: Scheme = {
  mode: 'solo',
  hasWindow: false,
  incomeAccount: FEE_INCOME,
  split({ finder, poolSats, directSats, feeBasisPoints }) {
    const finderSats = directSats.get(finder) ?? 0n
    if (finderSats > 0n) return splitPaid(poolSats, finderSats, finder)
    return splitSolo({ coinbaseValueSats: poolSats, feeBasisPoints }, finder)
  },
}

/** All but the fee to the finder. */
export function splitSolo(options: Omit<RewardOptions, 'bonus'>, finder: string): RewardSplit {
  return splitReward(options, new Map([[finder, 1n]]))
}

/** When the coinbase has paid the finder: he has had his part, and what it has paid the pool is the fee. */
export function splitPaid(poolSats: bigint, finderSats: bigint, finder: string): RewardSplit {
  const share = {
    miner: finder,
    amountSats: finderSats,
    bonusSats: 0n,
    directSats: finderSats,
    prefixBefore: 0n,
    prefixAfter: 1n,
  }
  const noBonus = { bonusSats: 0n, bonusBasisPoints: 0 }
  return { feeSats: poolSats, rewardSats: finderSats, ...noBonus, total: 1n, shares: [share] }
}
