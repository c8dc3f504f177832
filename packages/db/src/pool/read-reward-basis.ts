import type { Queryable } from '../transaction.js'

/** What the newest settled blocks have paid on average. */
export interface RewardAverage {
  readonly blockSats: bigint
  readonly blockCount: number
}

/** Blocks that it is the average of, at most. */
const BLOCKS = 20

/** Undefined before the first block is settled. Blocks that lost their place count: what they paid was no less. */
export async function readRewardAverage(db: Queryable): Promise<RewardAverage | undefined> {
  const { rows } = await db.query<{ sats: string | null; count: string }>(
    `SELECT round(avg(coinbase_value_sats)) AS sats, count(*) AS count
     FROM (SELECT settlement.coinbase_value_sats FROM block JOIN settlement ON settlement.block_hash = block.hash
           ORDER BY block.found_at DESC LIMIT $1) AS newest`,
    [BLOCKS],
  )
  const { sats, count } = rows[0]!
  return sats === null ? undefined : { blockSats: BigInt(sats), blockCount: Number(count) }
}
