import type { Queryable } from '../transaction.js'

/** Number of the newest event of payouts; undefined before the first. It grows with everything that happens to them. */
export async function readLastEvent(db: Queryable): Promise<bigint | undefined> {
  const { rows } = await db.query<{ last: string | null }>('SELECT max(id) AS last FROM payout_event')
  const last = rows[0]?.last ?? null
  return last === null ? undefined : BigInt(last)
}
