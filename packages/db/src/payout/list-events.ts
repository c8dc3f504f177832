import type { Queryable } from '../transaction.js'
import type { PayoutEvent } from './lock-batch.js'

/** What has happened to a batch, or (undefined) to payouts as a whole, the oldest first of the latest `limit`. */
export async function listPayoutEvents(
  db: Queryable,
  batchId: bigint | undefined,
  limit: number,
): Promise<PayoutEvent[]> {
  const { rows } = await db.query<{
    at: Date
    what: string
    detail: string | null
    author: string | null
  }>(
    `SELECT at, what, detail, author FROM payout_event WHERE batch_id IS NOT DISTINCT FROM $1
     ORDER BY id DESC LIMIT $2`,
    [batchId ?? null, limit],
  )
  return rows.reverse().map(({ at, what, detail, author }) => ({
    batchId,
    atMs: at.getTime(),
    what,
    detail: detail ?? undefined,
    author: author ?? undefined,
  }))
}
