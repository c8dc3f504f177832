import type { PayoutMode } from '@headframe/core/share/share'
import type { BlockStatus } from '../generated/enums.js'
import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'
import type { BlockCursor } from '../block/list-blocks.js'

/** A miner's part of one block, with all that is needed to work it out again. */
export interface MinerEarning {
  readonly blockHash: string
  readonly height: number
  readonly status: BlockStatus
  /** As the node counts: 1 = the tip. */
  readonly confirmations: number
  readonly mode: PayoutMode
  readonly foundAtMs: number
  readonly amountSats: bigint
  /** What of it he has for finding the block. */
  readonly bonusSats: bigint
  /** What of it the block's coinbase has paid to him itself. */
  readonly directSats: bigint
  /** Units of 2^-96. */
  readonly score: bigint
  readonly prefixBefore: bigint
  readonly prefixAfter: bigint
  readonly windowTotal: bigint
  readonly coinbaseValueSats: bigint
  readonly poolFeeSats: bigint
  readonly feeBasisPoints: number
  readonly rewardSats: bigint
  /** Of it the finder's, before it was cut by the scores; `bonusSats` where he is the finder. */
  readonly finderBonusSats: bigint
  readonly finderBonusBasisPoints: number
}

interface EarningRow {
  readonly hash: string
  readonly height: number
  readonly status: BlockStatus
  readonly confirmations: number
  readonly mode: PayoutMode
  readonly found_at: Date
  readonly amount_sats: string
  readonly bonus_sats: string
  readonly direct_sats: string
  readonly score: string
  readonly prefix_before: string
  readonly prefix_after: string
  readonly window_total: string
  readonly coinbase_value_sats: string
  readonly pool_fee_sats: string
  readonly fee_basis_points: number
  readonly reward_sats: string
  readonly finder_bonus_sats: string
  readonly finder_bonus_basis_points: number
}

const LIST = `
  SELECT block.hash, block.height, block.status, block.confirmations, block.mode, block.found_at,
         earning.amount_sats, earning.bonus_sats, earning.direct_sats, earning.score, earning.prefix_before,
         earning.prefix_after,
         settlement.window_total, settlement.coinbase_value_sats, settlement.pool_fee_sats,
         settlement.fee_basis_points, settlement.reward_sats, settlement.bonus_sats AS finder_bonus_sats,
         settlement.finder_bonus_basis_points
  FROM earning
  JOIN settlement ON settlement.block_hash = earning.block_hash
  JOIN block ON block.hash = earning.block_hash
  WHERE earning.miner_id = $1
    AND ($2::timestamptz IS NULL OR (block.found_at, block.hash) < ($2, $3))
  ORDER BY block.found_at DESC, block.hash DESC
  LIMIT $4`

/** A miner's earnings, the newest block first, those before `cursor` when one is given. */
export async function listEarnings(
  db: Queryable,
  minerId: number,
  cursor: BlockCursor | undefined,
  limit: number,
): Promise<MinerEarning[]> {
  const before = cursor === undefined ? null : new Date(cursor.foundAtMs)
  const { rows } = await db.query<EarningRow>(LIST, [minerId, before, cursor?.hash ?? null, limit])
  return rows.map(earningOfRow)
}

function earningOfRow(row: EarningRow): MinerEarning {
  return {
    blockHash: row.hash,
    height: row.height,
    status: row.status,
    confirmations: row.confirmations,
    mode: row.mode,
    foundAtMs: row.found_at.getTime(),
    amountSats: BigInt(row.amount_sats),
    bonusSats: BigInt(row.bonus_sats),
    directSats: BigInt(row.direct_sats),
    score: bigintOfNumeric(row.score),
    prefixBefore: bigintOfNumeric(row.prefix_before),
    prefixAfter: bigintOfNumeric(row.prefix_after),
    windowTotal: bigintOfNumeric(row.window_total),
    coinbaseValueSats: BigInt(row.coinbase_value_sats),
    poolFeeSats: BigInt(row.pool_fee_sats),
    feeBasisPoints: row.fee_basis_points,
    rewardSats: BigInt(row.reward_sats),
    finderBonusSats: BigInt(row.finder_bonus_sats),
    finderBonusBasisPoints: row.finder_bonus_basis_points,
  }
}
