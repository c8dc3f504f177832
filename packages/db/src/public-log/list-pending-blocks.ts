import type { Queryable } from '../transaction.js'

/** A block whose statement no epoch lists yet. */
export interface PendingBlock {
  readonly hash: string
  readonly windowEndPosition: bigint
  readonly statedAtMs: number
}

/** In the order in which they were stated. */
export async function listPendingBlocks(db: Queryable, limit: number): Promise<PendingBlock[]> {
  const { rows } = await db.query<{ hash: string; window_end_position: string; stated_at: Date }>(
    `SELECT block.hash, block.window_end_position, public_block.stated_at
     FROM public_block JOIN block ON block.hash = public_block.block_hash
     WHERE public_block.epoch IS NULL ORDER BY public_block.stated_at, block.hash LIMIT $1`,
    [limit],
  )
  return rows.map((row) => ({
    hash: row.hash,
    windowEndPosition: BigInt(row.window_end_position),
    statedAtMs: row.stated_at.getTime(),
  }))
}
