import type { Queryable } from '../transaction.js'

export interface ActiveCount {
  readonly miners: number
  readonly workers: number
}

/** Miners and workers with an accepted share since `sinceMs`: of 100,000 workers it reads their rows, and not their minutes. */
export async function countActive(db: Queryable, sinceMs: number): Promise<ActiveCount> {
  const { rows } = await db.query<{ miners: string; workers: string }>(
    `SELECT (SELECT count(*) FROM miner WHERE last_share_at >= $1) AS miners,
            (SELECT count(*) FROM worker WHERE last_share_at >= $1) AS workers`,
    [new Date(sinceMs)],
  )
  return { miners: Number(rows[0]?.miners ?? 0), workers: Number(rows[0]?.workers ?? 0) }
}
