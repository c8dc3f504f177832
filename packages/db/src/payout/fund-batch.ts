import type { PayoutVersion } from '@headframe/core/payout/batch'
import { asLeader, type Lead } from './lead-payouts.js'
import { lockBatch, moveBatch, recordEvent } from './lock-batch.js'

/** A version as it is before it is signed. */
export type NewVersion = Pick<PayoutVersion, 'psbt' | 'feeSats' | 'feeRate' | 'fundedHeight' | 'fundedAtMs'>

/** What an item's output has. */
export interface SentAmount {
  readonly address: string
  readonly sentSats: bigint
}

/**
 * Writes down the unsigned transaction that is to pay a batch: the first, or one with a higher fee. Returns its number.
 * Throws BatchMoved when the batch is beyond that, or not there yet.
 */
export async function fundBatch(
  lead: Lead,
  batchId: bigint,
  version: NewVersion,
  sent: readonly SentAmount[],
): Promise<number> {
  return asLeader(lead, async (client) => {
    const { state, needsApproval } = await lockBatch(client, batchId, 'planned', 'signed', 'broadcast')
    if (needsApproval) throw new Error(`payout batch ${batchId} has to be approved first`)
    const { rows } = await client.query<{ number: number }>(
      `INSERT INTO payout_version (batch_id, number, psbt, fee_sats, fee_rate, funded_height, funded_at)
       SELECT $1::bigint, coalesce(max(number), 0) + 1, $2, $3::bigint, $4::float8, $5::int, $6::timestamptz
       FROM payout_version WHERE batch_id = $1 RETURNING number`,
      [
        batchId,
        version.psbt,
        version.feeSats,
        version.feeRate,
        version.fundedHeight,
        new Date(version.fundedAtMs),
      ],
    )
    await client.query(
      `UPDATE payout_item i SET sent_sats = s.sent_sats
       FROM unnest($2::text[], $3::bigint[]) AS s (address, sent_sats) JOIN miner m ON m.address = s.address
       WHERE i.batch_id = $1 AND i.miner_id = m.id`,
      [batchId, sent.map(({ address }) => address), sent.map(({ sentSats }) => sentSats)],
    )
    const number = rows[0]!.number
    const detail = `version ${number}, a fee of ${version.feeSats} satoshis at ${version.feeRate} a virtual byte`
    const event = { atMs: version.fundedAtMs, detail }
    if (state === 'planned') await moveBatch(client, batchId, 'funded', event)
    else {
      await client.query('UPDATE payout_batch SET bump_requested_by = NULL WHERE id = $1', [batchId])
      await recordEvent(client, { ...event, batchId, what: 'bumped' })
    }
    return number
  })
}
