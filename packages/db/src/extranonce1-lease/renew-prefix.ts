import type { Queryable } from '../transaction.js'

/**
 * Prolongs a lease to `leaseMs` from now. False when the prefix is somebody else's by now, or this host's under
 * another fence: then it may not be used any more. A lease that has ended is prolonged all the same as long as nobody
 * has taken the prefix since.
 */
export async function renewPrefix(
  db: Queryable,
  lease: { readonly prefix: number; readonly fence: string },
  leaseMs: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE extranonce1_lease SET expires_at = now() + $3 * interval '1 ms' WHERE prefix = $1 AND fence = $2`,
    [lease.prefix, lease.fence, leaseMs],
  )
  return rowCount === 1
}
