import type { Queryable } from '../transaction.js'

/** A segment that no epoch has yet. */
export interface PendingSegment {
  readonly position: bigint
  readonly bytes: number
  readonly sealedAtMs: number
}

interface PendingRow {
  readonly position: string
  readonly bytes: number
  readonly sealed_at: Date
}

/** Segments behind `afterPosition`, the oldest first, with no more than their sizes. */
export async function listPendingSegments(
  db: Queryable,
  afterPosition: bigint,
  limit: number,
): Promise<PendingSegment[]> {
  const { rows } = await db.query<PendingRow>(
    `SELECT position, octet_length(payload) AS bytes, sealed_at FROM segment
     WHERE position > $1 AND payload IS NOT NULL ORDER BY position LIMIT $2`,
    [afterPosition, limit],
  )
  return rows.map((row) => ({
    position: BigInt(row.position),
    bytes: row.bytes,
    sealedAtMs: row.sealed_at.getTime(),
  }))
}
