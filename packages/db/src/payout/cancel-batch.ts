import type pg from 'pg'
import { payoutCancel } from '@headframe/core/accounting/payout-postings'
import type { PayoutState } from '@headframe/core/payout/batch'
import type { Database } from '../database.js'
import { postTransaction } from '../ledger/post-transaction.js'
import { inTransaction } from '../transaction.js'
import { asLeader, type Lead } from './lead-payouts.js'
import { lockBatch, moveBatch, readPayments, type PayoutEvent } from './lock-batch.js'

type Why = Pick<PayoutEvent, 'atMs' | 'detail' | 'author'>

/** An operator takes back a batch of which nothing was ever signed. Throws BatchMoved when it was. */
export function cancelUnsigned({ pool }: Pick<Database, 'pool'>, batchId: bigint, why: Why): Promise<void> {
  return inTransaction(pool, (client) => cancel(client, batchId, why, ['planned', 'funded']))
}

/** The coins of a batch went elsewhere for good: none of its versions can confirm any more. */
export function cancelConflicted(lead: Lead, batchId: bigint, why: Why): Promise<void> {
  return asLeader(lead, (client) => cancel(client, batchId, why, ['funded', 'signed', 'broadcast']))
}

async function cancel(
  client: pg.PoolClient,
  batchId: bigint,
  why: Why,
  wanted: readonly PayoutState[],
): Promise<void> {
  await lockBatch(client, batchId, ...wanted)
  await client.query(
    'UPDATE payout_version SET abandoned_at = $2 WHERE batch_id = $1 AND raw IS NULL AND abandoned_at IS NULL',
    [batchId, new Date(why.atMs)],
  )
  await postTransaction(client, {
    kind: 'payout-cancel',
    of: { payoutBatchId: batchId },
    occurrence: 1,
    postings: payoutCancel(await readPayments(client, batchId)),
    postedAtMs: why.atMs,
  })
  await moveBatch(client, batchId, 'cancelled', why)
}
