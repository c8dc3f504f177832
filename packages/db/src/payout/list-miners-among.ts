import type { Queryable } from '../transaction.js'

/** Those of some addresses that are miners', or where miners want to be paid. */
export async function listMinersAmong(db: Queryable, addresses: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ address: string }>(
    `SELECT address FROM miner WHERE address = ANY ($1::text[])
     UNION SELECT address FROM payout_address WHERE address = ANY ($1::text[]) AND cancelled_at IS NULL`,
    [addresses],
  )
  return new Set(rows.map(({ address }) => address))
}
