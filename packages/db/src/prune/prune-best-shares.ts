import type { Queryable } from '../transaction.js'

/** Removes the best shares of days before `sinceMs`, the start of one; the best ever stay. Returns how many rows went. */
export async function pruneBestShares(db: Queryable, sinceMs: number): Promise<number> {
  const { rowCount } = await db.query("DELETE FROM best_share WHERE period = 'day' AND starts_at < $1", [
    new Date(sinceMs),
  ])
  return rowCount ?? 0
}
