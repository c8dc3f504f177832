import { asLeader, type Lead } from './lead-payouts.js'
import { lockBatch, moveBatch, recordEvent } from './lock-batch.js'

/** A node has taken the version's bytes. Changes nothing when that was known. */
export async function markSent(lead: Lead, batchId: bigint, number: number, nowMs: number): Promise<void> {
  await asLeader(lead, async (client) => {
    const { state } = await lockBatch(client, batchId, 'signed', 'broadcast')
    const { rowCount } = await client.query(
      `UPDATE payout_version SET sent_at = $3 WHERE batch_id = $1 AND number = $2 AND sent_at IS NULL`,
      [batchId, number, new Date(nowMs)],
    )
    const event = { atMs: nowMs, detail: `version ${number}` }
    if (state === 'signed') await moveBatch(client, batchId, 'broadcast', event)
    else if (rowCount === 1) await recordEvent(client, { ...event, batchId, what: 'bump-broadcast' })
  })
}
