import type { Queryable } from '../transaction.js'

/**
 * Gives back what a host has leased for slots from `fromSlot` on: it runs fewer stratum processes than before. Their
 * prefixes rest from now on. Returns how many there were.
 */
export async function releasePrefixes(db: Queryable, hostId: string, fromSlot: number): Promise<number> {
  const { rowCount } = await db.query(
    `UPDATE extranonce1_lease SET fence = NULL, expires_at = least(expires_at, now())
     WHERE host_id = $1 AND slot >= $2 AND fence IS NOT NULL`,
    [hostId, fromSlot],
  )
  return rowCount ?? 0
}
