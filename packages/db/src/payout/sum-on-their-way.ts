import type { Queryable } from '../transaction.js'

/**
 * What payouts take out of the wallet that are signed and not yet out of the books, fees included, in satoshis: of each
 * the version that has a place in the chain, or the dearest.
 */
export async function sumOnTheirWay(db: Queryable): Promise<bigint> {
  const { rows } = await db.query<{ total: string }>(
    `SELECT coalesce(sum((SELECT sum(i.sent_sats) FROM payout_item i WHERE i.batch_id = b.id)
       + (SELECT max(v.fee_sats) FROM payout_version v
          WHERE v.batch_id = b.id AND v.raw IS NOT NULL AND v.number = coalesce(b.placed_version, v.number))), 0) AS total
     FROM payout_batch b WHERE b.state IN ('signed', 'broadcast', 'confirmed')`,
  )
  return BigInt(rows[0]!.total)
}
