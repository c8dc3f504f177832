import type { Queryable } from '../transaction.js'

const NO_HASH = new Uint8Array(32)

/** Where the chain of a writer stands in the database: behind what has arrived. */
export interface Cursor {
  readonly incarnation: number
  readonly nextSegmentSeq: bigint
  readonly nextShareSeq: bigint
  readonly lastSegmentHash: Uint8Array
}

/** Of a writer that nothing has arrived of: where every chain begins. */
export async function readCursor(db: Queryable, writerId: string): Promise<Cursor> {
  const { rows } = await db.query<{
    incarnation: number
    next_segment_seq: string
    next_share_seq: string
    last_segment_hash: Uint8Array
  }>(
    'SELECT incarnation, next_segment_seq, next_share_seq, last_segment_hash FROM writer WHERE writer_id = $1',
    [writerId],
  )
  const row = rows[0]
  if (row === undefined)
    return { incarnation: 0, nextSegmentSeq: 0n, nextShareSeq: 0n, lastSegmentHash: NO_HASH }
  return {
    incarnation: row.incarnation,
    nextSegmentSeq: BigInt(row.next_segment_seq),
    nextShareSeq: BigInt(row.next_share_seq),
    lastSegmentHash: row.last_segment_hash,
  }
}
