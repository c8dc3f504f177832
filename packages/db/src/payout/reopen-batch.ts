import { payoutReorganised } from '@headframe/core/accounting/payout-postings'
import { postTransaction } from '../ledger/post-transaction.js'
import { asLeader, type Lead } from './lead-payouts.js'
import { lockBatch, moveBatch } from './lock-batch.js'
import { readPaid } from './settle-batch.js'

/** The version that was confirmed has lost its place in the chain: what was booked for it is booked back. */
export async function reopenBatch(lead: Lead, batchId: bigint, nowMs: number): Promise<void> {
  await asLeader(lead, async (client) => {
    const { state, occurrence } = await lockBatch(client, batchId, 'confirmed', 'settled')
    if (state === 'settled') {
      await postTransaction(client, {
        kind: 'payout-reorganised',
        of: { payoutBatchId: batchId },
        occurrence,
        postings: payoutReorganised(await readPaid(client, batchId)),
        postedAtMs: nowMs,
      })
    }
    await moveBatch(client, batchId, 'broadcast', {
      atMs: nowMs,
      detail: `it was ${state}, and its block has lost its place`,
    })
  })
}
