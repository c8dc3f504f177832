import type { Queryable } from '../transaction.js'

/** The bytes of a segment as it was shipped; undefined when they are gone. */
export async function readSegmentPayload(db: Queryable, position: bigint): Promise<Uint8Array | undefined> {
  const { rows } = await db.query<{ payload: Uint8Array | null }>(
    'SELECT payload FROM segment WHERE position = $1',
    [position],
  )
  return rows[0]?.payload ?? undefined
}

/** The hash of a writer's published segment; undefined when it has none of this number. */
export async function readPublishedHash(
  db: Queryable,
  writerId: string,
  segmentSeq: bigint,
): Promise<Uint8Array | undefined> {
  const { rows } = await db.query<{ hash: Uint8Array }>(
    `SELECT public_segment.hash FROM segment JOIN public_segment USING (position)
     WHERE writer_id = $1 AND segment_seq = $2`,
    [writerId, segmentSeq],
  )
  return rows[0]?.hash
}
