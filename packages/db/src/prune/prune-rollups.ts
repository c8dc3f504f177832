import type { Queryable } from '../transaction.js'

export interface RollupRetention {
  /** No minute and no quarter of an hour stays that starts before. */
  readonly minutesSinceMs: number
  /** No hour stays that starts before. Days stay for ever. */
  readonly hoursSinceMs: number
}

/** Rows of one statement: what bounds its time and its locks. */
const MAX_ROWS_PER_STATEMENT = 10_000

/** Removes fine rollups of old times. Returns how many rows went. */
export async function pruneRollups(db: Queryable, retention: RollupRetention): Promise<number> {
  let removed = 0
  for (const table of ['pool_rollup', 'miner_rollup', 'worker_rollup']) {
    for (const resolution of ['minute', 'quarter_hour'])
      removed += await pruneTable(db, table, resolution, retention.minutesSinceMs)
    removed += await pruneTable(db, table, 'hour', retention.hoursSinceMs)
  }
  return removed
}

async function pruneTable(
  db: Queryable,
  table: string,
  resolution: string,
  sinceMs: number,
): Promise<number> {
  let removed = 0
  for (;;) {
    const { rowCount } = await db.query(
      `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM ${table} WHERE resolution = $1::resolution AND starts_at < $2 LIMIT $3))`,
      [resolution, new Date(sinceMs), MAX_ROWS_PER_STATEMENT],
    )
    removed += rowCount ?? 0
    if ((rowCount ?? 0) < MAX_ROWS_PER_STATEMENT) return removed
  }
}
