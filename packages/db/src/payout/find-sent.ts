import type { Queryable } from '../transaction.js'

/** The batch that a transaction has paid, or was sent to pay; undefined when it is none of the pool's payouts. */
export async function findSent(db: Queryable, txid: string): Promise<bigint | undefined> {
  const { rows } = await db.query<{ batch_id: string }>(
    'SELECT batch_id FROM payout_version WHERE txid = $1 AND sent_at IS NOT NULL',
    [txid],
  )
  return rows[0] && BigInt(rows[0].batch_id)
}
