import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'

/** How a block's reward was split. */
export interface BlockSplit {
  /** Paid to the pool and, if he mined solo, to the finder. */
  readonly coinbaseValueSats: bigint
  /** Paid by the same coinbase to others. */
  readonly donationSats: bigint
  readonly subsidySats: bigint
  readonly feesSats: bigint
  readonly feeBasisPoints: number
  readonly poolFeeSats: bigint
  readonly rewardSats: bigint
  /** Of it the finder's, before it was cut by the scores. */
  readonly finderBonusSats: bigint
  readonly finderBonusBasisPoints: number
  /** Units of the network's expected work for one block. */
  readonly pplnsWindow: number
  /** Sum of the scores that share the reward, units of 2^-96. */
  readonly windowTotal: bigint
  readonly minerCount: number
  readonly settledAtMs: number
}

interface SplitRow {
  readonly coinbase_value_sats: string
  readonly donation_sats: string
  readonly subsidy_sats: string
  readonly fees_sats: string
  readonly fee_basis_points: number
  readonly pool_fee_sats: string
  readonly reward_sats: string
  readonly bonus_sats: string
  readonly finder_bonus_basis_points: number
  readonly pplns_window: number
  readonly window_total: string
  readonly miner_count: string
  readonly settled_at: Date
}

/** Undefined until the block is settled. */
export async function readSplit(db: Queryable, blockHash: string): Promise<BlockSplit | undefined> {
  const { rows } = await db.query<SplitRow>(
    `SELECT coinbase_value_sats, donation_sats, subsidy_sats, fees_sats, fee_basis_points, pool_fee_sats, reward_sats,
            bonus_sats, finder_bonus_basis_points, pplns_window, window_total, settled_at,
            (SELECT count(*) FROM earning WHERE earning.block_hash = settlement.block_hash) AS miner_count
     FROM settlement WHERE block_hash = $1`,
    [blockHash],
  )
  const row = rows[0]
  return (
    row && {
      coinbaseValueSats: BigInt(row.coinbase_value_sats),
      donationSats: BigInt(row.donation_sats),
      subsidySats: BigInt(row.subsidy_sats),
      feesSats: BigInt(row.fees_sats),
      feeBasisPoints: row.fee_basis_points,
      poolFeeSats: BigInt(row.pool_fee_sats),
      rewardSats: BigInt(row.reward_sats),
      finderBonusSats: BigInt(row.bonus_sats),
      finderBonusBasisPoints: row.finder_bonus_basis_points,
      pplnsWindow: row.pplns_window,
      windowTotal: bigintOfNumeric(row.window_total),
      minerCount: Number(row.miner_count),
      settledAtMs: row.settled_at.getTime(),
    }
  )
}
