import { asLeader, type Lead } from './lead-payouts.js'
import { lockBatch, moveBatch, recordEvent } from './lock-batch.js'

/** Gives up a version that was never signed: the batch needs another, unless an earlier one is out already. */
export async function abandonVersion(
  lead: Lead,
  batchId: bigint,
  number: number,
  reason: string,
  nowMs: number,
): Promise<void> {
  await asLeader(lead, async (client) => {
    const { state } = await lockBatch(client, batchId, 'funded', 'signed', 'broadcast')
    await client.query(
      'UPDATE payout_version SET abandoned_at = $3 WHERE batch_id = $1 AND number = $2 AND raw IS NULL',
      [batchId, number, new Date(nowMs)],
    )
    const event = { atMs: nowMs, detail: `version ${number} is given up: ${reason}` }
    if (state === 'funded') await moveBatch(client, batchId, 'planned', event)
    else await recordEvent(client, { ...event, batchId, what: 'abandoned' })
  })
}
