import { payoutSettle, type PaidBatch } from '@headframe/core/accounting/payout-postings'
import { postTransaction } from '../ledger/post-transaction.js'
import type { Queryable } from '../transaction.js'
import { asLeader, type Lead } from './lead-payouts.js'
import { lockBatch, readPayments, recordEvent } from './lock-batch.js'

/** The chain has paid the batch for good: the debts and the coins go out of the books. */
export async function settleBatch(lead: Lead, batchId: bigint, nowMs: number): Promise<void> {
  await asLeader(lead, async (client) => {
    const { occurrence } = await lockBatch(client, batchId, 'confirmed')
    await postTransaction(client, {
      kind: 'payout-settle',
      of: { payoutBatchId: batchId },
      occurrence: occurrence + 1,
      postings: payoutSettle(await readPaid(client, batchId)),
      postedAtMs: nowMs,
    })
    await client.query(
      `UPDATE payout_batch SET state = 'settled', occurrence = occurrence + 1, problem = NULL, problem_detail = NULL,
         problem_since = NULL WHERE id = $1`,
      [batchId],
    )
    await recordEvent(client, { batchId, atMs: nowMs, what: 'settled' })
  })
}

/** What the placed version of a batch has paid. */
export async function readPaid(db: Queryable, batchId: bigint): Promise<PaidBatch> {
  const { rows } = await db.query<{ fee_sats: string; sent_sats: string }>(
    `SELECT v.fee_sats, (SELECT sum(sent_sats) FROM payout_item WHERE batch_id = b.id) AS sent_sats
     FROM payout_batch b JOIN payout_version v ON v.batch_id = b.id AND v.number = b.placed_version WHERE b.id = $1`,
    [batchId],
  )
  const { fee_sats, sent_sats } = rows[0]!
  return {
    payments: await readPayments(db, batchId),
    feeSats: BigInt(fee_sats),
    sentSats: BigInt(sent_sats),
  }
}
