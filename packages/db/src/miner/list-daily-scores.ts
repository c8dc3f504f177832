import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'

/** What a miner and the whole pool have scored in a UTC day, units of 2^-96 of a block's expected work. */
export interface DailyScore {
  readonly dayMs: number
  readonly ownScore: bigint
  readonly poolScore: bigint
}

/** The days since `sinceMs`, the start of one, in which the pool had shares; the oldest first. */
export async function listDailyScores(
  db: Queryable,
  minerId: number,
  sinceMs: number,
): Promise<DailyScore[]> {
  const { rows } = await db.query<{ starts_at: Date; own: string; pool: string }>(
    `SELECT pool.starts_at, coalesce(own.score, 0) AS own, pool.score AS pool
     FROM pool_rollup AS pool
     LEFT JOIN miner_rollup AS own ON own.miner_id = $1 AND own.resolution = 'day'
       AND own.starts_at = pool.starts_at AND own.outcome = 'accepted'
     WHERE pool.resolution = 'day' AND pool.starts_at >= $2 AND pool.outcome = 'accepted'
     ORDER BY pool.starts_at`,
    [minerId, new Date(sinceMs)],
  )
  return rows.map(({ starts_at, own, pool }) => ({
    dayMs: starts_at.getTime(),
    ownScore: bigintOfNumeric(own),
    poolScore: bigintOfNumeric(pool),
  }))
}
