import type { Queryable } from '../transaction.js'

/**
 * Those of some transactions that the books have or will have, because they are payouts, or that somebody has declared.
 * A payout that was cancelled is none: its amounts are owed again.
 */
export async function listKnownSends(db: Queryable, txids: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ txid: string }>(
    `SELECT v.txid FROM payout_version v JOIN payout_batch b ON b.id = v.batch_id
     WHERE v.txid = ANY ($1::text[]) AND b.state <> 'cancelled'
     UNION SELECT txid FROM declared_send WHERE txid = ANY ($1::text[])`,
    [txids],
  )
  return new Set(rows.map(({ txid }) => txid))
}
