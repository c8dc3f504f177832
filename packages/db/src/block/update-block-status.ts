import type { BlockStatus } from '../generated/enums.js'
import type { Queryable } from '../transaction.js'
import type { WatchedBlock } from './watched-block.js'

/**
 * Writes what the node says of a block. Nothing is written when the block has changed since `known` was read;
 * the next look will tell. Returns whether it was.
 */
export async function updateBlockStatus(
  db: Queryable,
  known: WatchedBlock,
  status: BlockStatus,
  confirmations: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'UPDATE block SET status = $3, confirmations = $4 WHERE hash = $1 AND status = $2',
    [known.hash, known.status, status, confirmations],
  )
  return rowCount === 1
}
