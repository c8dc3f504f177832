import type { PayoutMode } from '@headframe/core/share/share'
import type { BlockStatus } from '../generated/enums.js'
import type { Queryable } from '../transaction.js'
import { BLOCK_COLUMNS, blockOfRow, type BlockRow } from './block-row.js'

/** Where a page of blocks ends. */
export interface BlockCursor {
  readonly foundAtMs: number
  readonly hash: string
}

export interface FoundBlock {
  /** Display order, hex. */
  readonly hash: string
  readonly height: number
  readonly status: BlockStatus
  /** As the node counts: 1 = the tip, 0 = not on the best chain. */
  readonly confirmations: number
  readonly mode: PayoutMode
  readonly foundAtMs: number
  readonly finder: { readonly address: string; readonly workerName: string }
  /** Work of its round over the network's expected work, units of 2^-96; undefined until its share has arrived. */
  readonly roundScore: bigint | undefined
  /** Subsidy and fees as the template stated them. */
  readonly templateValueSats: bigint
  /** What the block really paid the pool; undefined until it is settled. */
  readonly coinbaseValueSats: bigint | undefined
}

/** Found blocks, the newest first, those before `cursor` when one is given. */
export async function listBlocks(
  db: Queryable,
  cursor: BlockCursor | undefined,
  limit: number,
): Promise<FoundBlock[]> {
  const { rows } = await db.query<BlockRow>(
    `SELECT ${BLOCK_COLUMNS}
     WHERE $1::timestamptz IS NULL OR (block.found_at, block.hash) < ($1, $2)
     ORDER BY block.found_at DESC, block.hash DESC
     LIMIT $3`,
    [cursor === undefined ? null : new Date(cursor.foundAtMs), cursor?.hash ?? null, limit],
  )
  return rows.map(blockOfRow)
}
