import type { BlockStatus } from '../generated/enums.js'
import type { Queryable } from '../transaction.js'

/** Writes what the chain said of a block, whatever was known of it before. */
export async function setBlockStatus(
  db: Queryable,
  hash: string,
  status: BlockStatus,
  confirmations: number,
): Promise<void> {
  await db.query('UPDATE block SET status = $2, confirmations = $3 WHERE hash = $1', [
    hash,
    status,
    confirmations,
  ])
}
