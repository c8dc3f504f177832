import type { Queryable } from '../transaction.js'

/**
 * The published bytes of the segments from `firstPosition` to `lastPosition`, in order, at most `limit` of them. Fewer
 * when some are gone: then the rest is gone as well, or not published.
 */
export async function listPublishedPayloads(
  db: Queryable,
  firstPosition: bigint,
  lastPosition: bigint,
  limit: number,
): Promise<Uint8Array[]> {
  const { rows } = await db.query<{ payload: Uint8Array }>(
    `SELECT payload FROM public_segment
     WHERE position BETWEEN $1 AND $2 AND payload IS NOT NULL ORDER BY position LIMIT $3`,
    [firstPosition, lastPosition, limit],
  )
  return rows.map(({ payload }) => payload)
}
