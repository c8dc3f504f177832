import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'
import { lockBatch, recordEvent } from './lock-batch.js'

/** An operator agrees to a batch that is above the amount which needs him. Throws BatchMoved when it is not planned. */
export function approveBatch(
  { pool }: Pick<Database, 'pool'>,
  batchId: bigint,
  author: string,
  nowMs: number,
): Promise<void> {
  return inTransaction(pool, async (client) => {
    const { needsApproval } = await lockBatch(client, batchId, 'planned')
    if (!needsApproval) return
    await client.query('UPDATE payout_batch SET needs_approval = false, approved_by = $2 WHERE id = $1', [
      batchId,
      author,
    ])
    await recordEvent(client, { batchId, atMs: nowMs, what: 'approved', author })
  })
}

/** An operator wants a higher fee for a batch that is out. Throws BatchMoved when it is not, or confirmed already. */
export function requestBump(
  { pool }: Pick<Database, 'pool'>,
  batchId: bigint,
  author: string,
  nowMs: number,
): Promise<void> {
  return inTransaction(pool, async (client) => {
    await lockBatch(client, batchId, 'broadcast')
    await client.query('UPDATE payout_batch SET bump_requested_by = $2 WHERE id = $1', [batchId, author])
    await recordEvent(client, { batchId, atMs: nowMs, what: 'bump-requested', author })
  })
}
