import type { Outpoint } from '@headframe/core/payout/batch'
import { outpointsOf } from '@headframe/core/payout/judge-payment'
import { unsignedTransactionOf } from '@headframe/core/payout/read-psbt'
import type { Queryable } from '../transaction.js'

/** Versions that are looked at, the latest: what was given up before them was given back long ago. */
const MAX_VERSIONS = 100

/** The coins of versions that were given up unsigned, or whose batch was cancelled. */
export async function listIdleCoins(db: Queryable): Promise<Outpoint[]> {
  const { rows } = await db.query<{ psbt: string }>(
    `SELECT v.psbt FROM payout_version v JOIN payout_batch b ON b.id = v.batch_id
     WHERE v.abandoned_at IS NOT NULL OR b.state = 'cancelled' ORDER BY v.funded_at DESC LIMIT $1`,
    [MAX_VERSIONS],
  )
  return rows.flatMap(({ psbt }) => outpointsOf(unsignedTransactionOf(psbt)))
}
