import type { SignedPayment } from '@headframe/core/payout/batch'
import { asLeader, type Lead } from './lead-payouts.js'
import { lockBatch, moveBatch, recordEvent } from './lock-batch.js'

/**
 * Writes down the signed bytes of a version. From here on these are what is sent, after whatever crash, and nothing of
 * them has been sent before this returns. Throws BatchMoved, and Error when the version has others.
 */
export async function signBatch(
  lead: Lead,
  batchId: bigint,
  number: number,
  { raw, txid }: SignedPayment,
  nowMs: number,
): Promise<void> {
  await asLeader(lead, async (client) => {
    const { state } = await lockBatch(client, batchId, 'funded', 'signed', 'broadcast')
    const { rowCount } = await client.query(
      `UPDATE payout_version SET raw = $3, txid = $4, signed_at = $5
       WHERE batch_id = $1 AND number = $2 AND raw IS NULL AND abandoned_at IS NULL`,
      [batchId, number, Buffer.from(raw), txid, new Date(nowMs)],
    )
    if (rowCount !== 1) throw new Error(`version ${number} of payout batch ${batchId} is signed or given up`)
    const event = { atMs: nowMs, detail: `version ${number}, ${txid}` }
    if (state === 'funded') await moveBatch(client, batchId, 'signed', event)
    else await recordEvent(client, { ...event, batchId, what: 'bump-signed' })
  })
}
