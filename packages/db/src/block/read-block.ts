import type { Queryable } from '../transaction.js'
import { BLOCK_COLUMNS, blockOfRow, type BlockRow } from './block-row.js'
import type { FoundBlock } from './list-blocks.js'

/** A block of the pool by its hash in display order; undefined when the pool did not find it. */
export async function readBlock(db: Queryable, hash: string): Promise<FoundBlock | undefined> {
  const { rows } = await db.query<BlockRow>(`SELECT ${BLOCK_COLUMNS} WHERE block.hash = $1`, [hash])
  const row = rows[0]
  return row && blockOfRow(row)
}
