import type { RewardSplit } from '@headframe/core/accounting/split-reward'
import type { Queryable } from '../transaction.js'

/** The split of a block as it was written when the block was first credited. Throws when there is none. */
export async function readRewardSplit(db: Queryable, hash: string): Promise<RewardSplit> {
  const { rows } = await db.query<{
    pool_fee_sats: string
    reward_sats: string
    bonus_sats: string
    finder_bonus_basis_points: number
    window_total: string
  }>(
    `SELECT pool_fee_sats, reward_sats, bonus_sats, finder_bonus_basis_points, window_total
     FROM settlement WHERE block_hash = $1`,
    [hash],
  )
  const settlement = rows[0]
  if (settlement === undefined) throw new Error(`block ${hash} is not settled`)
  const { rows: earnings } = await db.query<{
    address: string
    amount_sats: string
    bonus_sats: string
    direct_sats: string
    prefix_before: string
    prefix_after: string
  }>(
    `SELECT address, amount_sats, bonus_sats, direct_sats, prefix_before, prefix_after
     FROM earning JOIN miner ON miner.id = miner_id WHERE block_hash = $1 ORDER BY address COLLATE "C"`,
    [hash],
  )
  return {
    feeSats: BigInt(settlement.pool_fee_sats),
    rewardSats: BigInt(settlement.reward_sats),
    bonusSats: BigInt(settlement.bonus_sats),
    bonusBasisPoints: settlement.finder_bonus_basis_points,
    total: BigInt(settlement.window_total),
    shares: earnings.map((row) => ({
      miner: row.address,
      amountSats: BigInt(row.amount_sats),
      bonusSats: BigInt(row.bonus_sats),
      directSats: BigInt(row.direct_sats),
      prefixBefore: BigInt(row.prefix_before),
      prefixAfter: BigInt(row.prefix_after),
    })),
  }
}
