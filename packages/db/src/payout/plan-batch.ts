import { payoutPlan } from '@headframe/core/accounting/payout-postings'
import type { FeePayer, PayoutItem } from '@headframe/core/payout/batch'
import { postTransaction } from '../ledger/post-transaction.js'
import { asLeader, type Lead } from './lead-payouts.js'
import { recordEvent } from './lock-batch.js'

export interface NewBatch {
  readonly items: readonly PayoutItem[]
  readonly feePayer: FeePayer
  readonly needsApproval: boolean
}

/** Somebody is owed less by now than the batch would pay him: it was planned by what was owed before, and is not there. */
export class DebtShrank extends Error {
  override readonly name = 'DebtShrank'
}

/**
 * Sets the amounts aside and writes down who is to get them, in one commit. Returns the batch's id. Throws DebtShrank,
 * and writes nothing, when that is more than is owed.
 */
export async function planBatch(lead: Lead, batch: NewBatch, nowMs: number): Promise<bigint> {
  try {
    return await insertBatch(lead, batch, nowMs)
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    // check_violation, by the trigger that watches what miners are owed.
    if (code === '23514' && message.includes('than is owed')) throw new DebtShrank(message, { cause: error })
    throw error
  }
}

async function insertBatch(lead: Lead, batch: NewBatch, nowMs: number): Promise<bigint> {
  const { items, feePayer, needsApproval } = batch
  const totalSats = items.reduce((sum, { amountSats }) => sum + amountSats, 0n)
  return asLeader(lead, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO payout_batch (fee_payer, total_sats, item_count, created_at, needs_approval) VALUES ($1, $2, $3, $4, $5)
       RETURNING id`,
      [feePayer, totalSats, items.length, new Date(nowMs), needsApproval],
    )
    const id = BigInt(rows[0]!.id)
    const inserted = await client.query(
      `INSERT INTO payout_item (batch_id, miner_id, script, amount_sats)
       SELECT $1, m.id, item.script, item.amount_sats
       FROM unnest($2::text[], $3::bytea[], $4::bigint[]) AS item (address, script, amount_sats)
       JOIN miner m ON m.address = item.address`,
      [
        id,
        items.map(({ address }) => address),
        items.map(({ script }) => Buffer.from(script)),
        items.map(({ amountSats }) => amountSats),
      ],
    )
    if (inserted.rowCount !== items.length)
      throw new Error(`payout batch ${id} pays somebody twice, or nobody`)
    await postTransaction(client, {
      kind: 'payout-plan',
      of: { payoutBatchId: id },
      occurrence: 1,
      postings: payoutPlan(items.map(({ address, amountSats }) => ({ miner: address, amountSats }))),
      postedAtMs: nowMs,
    })
    await recordEvent(client, { batchId: id, atMs: nowMs, what: 'planned' })
    return id
  })
}
