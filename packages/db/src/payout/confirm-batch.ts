import type { PayoutPlace } from '@headframe/core/payout/batch'
import { asLeader, type Lead } from './lead-payouts.js'
import { lockBatch, moveBatch } from './lock-batch.js'

/** A version of the batch has a place in the chain, or another place than before. */
export async function confirmBatch(
  lead: Lead,
  batchId: bigint,
  { version, blockHash, height }: PayoutPlace,
  nowMs: number,
): Promise<void> {
  await asLeader(lead, async (client) => {
    const { state } = await lockBatch(client, batchId, 'signed', 'broadcast', 'confirmed')
    await client.query(
      `UPDATE payout_version SET sent_at = $3 WHERE batch_id = $1 AND number = $2 AND sent_at IS NULL`,
      [batchId, version, new Date(nowMs)],
    )
    const detail = `version ${version} in block ${blockHash} at height ${height}`
    await moveBatch(client, batchId, state === 'confirmed' ? 'broadcast' : state, { atMs: nowMs, detail })
    await client.query(
      `UPDATE payout_batch SET state = 'confirmed', placed_version = $2, placed_block_hash = $3, placed_height = $4
       WHERE id = $1`,
      [batchId, version, blockHash, height],
    )
  })
}
