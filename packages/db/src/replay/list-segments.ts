import type { Queryable } from '../transaction.js'

/** A segment that the journal of a database has, with its bytes unless they were pruned. */
export interface StoredSegment {
  readonly position: bigint
  readonly writerId: string
  readonly segmentSeq: bigint
  /** SHA-256 of the sealed file. */
  readonly hash: Uint8Array
  readonly payload: Uint8Array | undefined
}

/** Those behind `after`, in canonical order. */
export async function listSegments(db: Queryable, after: bigint, limit: number): Promise<StoredSegment[]> {
  const { rows } = await db.query<{
    position: string
    writer_id: string
    segment_seq: string
    hash: Uint8Array
    payload: Uint8Array | null
  }>(
    `SELECT position, writer_id, segment_seq, hash, payload FROM segment
     WHERE position > $1 ORDER BY position LIMIT $2`,
    [after, limit],
  )
  return rows.map((row) => ({
    position: BigInt(row.position),
    writerId: row.writer_id,
    segmentSeq: BigInt(row.segment_seq),
    hash: row.hash,
    payload: row.payload ?? undefined,
  }))
}
