import type { Queryable } from '../transaction.js'

/** A block's audit document, and the epoch that lists it. */
export interface BlockDocument {
  readonly document: string
  /** Undefined until one is sealed. */
  readonly epoch: number | undefined
}

/** Undefined for a block that is not published. */
export async function readBlockDocument(
  db: Queryable,
  blockHash: string,
): Promise<BlockDocument | undefined> {
  const { rows } = await db.query<{ document: string; epoch: string | null }>(
    'SELECT document, epoch FROM public_block WHERE block_hash = $1',
    [blockHash],
  )
  const row = rows[0]
  return row && { document: row.document, epoch: row.epoch === null ? undefined : Number(row.epoch) }
}
