import type { WindowEnd } from '../window/find-window-end.js'
import type { Queryable } from '../transaction.js'

/** Writes where a block stands among the shares. That never changes: a second time is without effect. */
export async function placeBlock(db: Queryable, hash: string, end: WindowEnd): Promise<void> {
  await db.query(
    `UPDATE block SET window_end_position = $2, window_end_index = $3, score_at_find = $4
     WHERE hash = $1 AND window_end_position IS NULL`,
    [hash, end.position, end.index, end.score],
  )
}
