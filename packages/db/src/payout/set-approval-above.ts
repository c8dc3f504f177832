import { formatBtc } from '@headframe/core/units'
import type { Database } from '../database.js'
import { inTransaction } from '../transaction.js'
import { recordEvent } from './lock-batch.js'

/**
 * From now on a payout of more needs approval, besides what the setting says; undefined: what that says alone. What is
 * planned already stays as it was planned.
 */
export function setApprovalAbove(
  { pool }: Pick<Database, 'pool'>,
  sats: bigint | undefined,
  author: string,
  nowMs: number,
): Promise<void> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'UPDATE payout_control SET approval_above_sats = $1 WHERE id = 1 AND approval_above_sats IS DISTINCT FROM $1',
      [sats ?? null],
    )
    if (rowCount !== 1) return
    const detail = sats === undefined ? 'as the setting says' : `above ${formatBtc(sats)} BTC`
    await recordEvent(client, { batchId: undefined, atMs: nowMs, what: 'approval-set', detail, author })
  })
}
