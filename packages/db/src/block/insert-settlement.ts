import type { RewardShare } from '@headframe/core/accounting/split-reward'
import type { Queryable } from '../transaction.js'
import type { Split } from './split.js'

/** Writes a split for good; the caller holds the block's lock and knows that there is none. */
export async function insertSettlement(
  db: Queryable,
  hash: string,
  split: Split,
  nowMs: number,
): Promise<void> {
  const { feeSats, rewardSats, bonusSats, bonusBasisPoints, total, shares } = split.reward
  const coinbaseValueSats = rewardSats + feeSats
  await db.query(
    `INSERT INTO settlement (block_hash, coinbase_value_sats, subsidy_sats, fees_sats, fee_basis_points, pool_fee_sats,
       reward_sats, pplns_window, window_start_position, window_start_index, window_total, settled_at, donation_sats,
       finder_bonus_basis_points, bonus_sats)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      hash,
      coinbaseValueSats,
      split.subsidySats,
      coinbaseValueSats + split.donationSats - split.subsidySats,
      split.feeBasisPoints,
      feeSats,
      rewardSats,
      split.pplnsWindow,
      split.windowStart?.position ?? null,
      split.windowStart?.index ?? null,
      total,
      new Date(nowMs),
      split.donationSats,
      bonusBasisPoints,
      bonusSats,
    ],
  )
  await insertEarnings(db, hash, shares)
}

async function insertEarnings(db: Queryable, hash: string, shares: readonly RewardShare[]): Promise<void> {
  await db.query(
    `INSERT INTO earning (block_hash, miner_id, amount_sats, bonus_sats, direct_sats, score, prefix_before, prefix_after)
     SELECT $1, miner.id, part.amount_sats, part.bonus_sats, part.direct_sats, prefix_after - prefix_before, prefix_before,
       prefix_after
     FROM unnest($2::text[], $3::bigint[], $4::numeric[], $5::numeric[], $6::bigint[], $7::bigint[])
       AS part (address, amount_sats, prefix_before, prefix_after, direct_sats, bonus_sats)
     JOIN miner ON miner.address = part.address`,
    [
      hash,
      shares.map(({ miner }) => miner),
      shares.map(({ amountSats }) => amountSats),
      shares.map(({ prefixBefore }) => prefixBefore),
      shares.map(({ prefixAfter }) => prefixAfter),
      shares.map(({ directSats }) => directSats),
      shares.map(({ bonusSats }) => bonusSats),
    ],
  )
}
