import type { Queryable } from '../transaction.js'

export interface ActiveCount {
  readonly miners: number
  readonly workers: number
}

/** Miners and workers with an accepted share since `sinceMs`, the start of a minute. */
export async function countActive(db: Queryable, sinceMs: number): Promise<ActiveCount> {
  const { rows } = await db.query<{ miners: string; workers: string }>(
    `SELECT (SELECT count(DISTINCT miner_id) FROM miner_rollup
             WHERE resolution = 'minute' AND starts_at >= $1 AND outcome = 'accepted') AS miners,
            (SELECT count(DISTINCT worker_id) FROM worker_rollup
             WHERE resolution = 'minute' AND starts_at >= $1 AND outcome = 'accepted') AS workers`,
    [new Date(sinceMs)],
  )
  return { miners: Number(rows[0]?.miners ?? 0), workers: Number(rows[0]?.workers ?? 0) }
}
