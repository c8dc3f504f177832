import type { Queryable } from '../transaction.js'
import type { WatchedBlock } from './watched-block.js'

/**
 * Blocks whose fate is open, and, after a reorganisation, also those above `sinceHeight` that were thought final.
 * Lowest first.
 */
export async function listWatchedBlocks(
  db: Queryable,
  sinceHeight: number | undefined,
): Promise<WatchedBlock[]> {
  const { rows } = await db.query<WatchedBlock>(
    `SELECT hash, height, status, confirmations FROM block
     WHERE status IN ('candidate', 'immature') OR height > $1 ORDER BY height, hash`,
    [sinceHeight ?? null],
  )
  return rows
}
