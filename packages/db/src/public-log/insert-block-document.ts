import type { Queryable } from '../transaction.js'

/** Writes a block's audit document for good. One that is there already is left alone. */
export async function insertBlockDocument(
  db: Queryable,
  blockHash: string,
  document: string,
  nowMs: number,
): Promise<void> {
  await db.query(
    `INSERT INTO public_block (block_hash, document, stated_at) VALUES ($1, $2, $3) ON CONFLICT (block_hash) DO NOTHING`,
    [blockHash, document, new Date(nowMs)],
  )
}
