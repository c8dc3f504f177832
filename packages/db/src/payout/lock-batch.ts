import type { FeePayer, PayoutState } from '@headframe/core/payout/batch'
import type { Payment } from '@headframe/core/accounting/payout-postings'
import type { Queryable } from '../transaction.js'

/** The batch is in another state than whoever wanted to change it believed: it was not changed. */
export class BatchMoved extends Error {
  override readonly name = 'BatchMoved'

  constructor(id: bigint, state: PayoutState | undefined, wanted: readonly PayoutState[]) {
    const is = state === undefined ? `There is no payout batch ${id}` : `Payout batch ${id} is ${state}`
    super(`${is}; it would have to be ${wanted.join(' or ')}.`)
  }
}

export interface LockedBatch {
  readonly state: PayoutState
  readonly feePayer: FeePayer
  readonly needsApproval: boolean
  readonly occurrence: number
}

/** Holds a batch until the transaction ends. Throws BatchMoved unless its state is one of `wanted`. */
export async function lockBatch(
  db: Queryable,
  id: bigint,
  ...wanted: readonly PayoutState[]
): Promise<LockedBatch> {
  const { rows } = await db.query<{
    state: PayoutState
    fee_payer: FeePayer
    needs_approval: boolean
    occurrence: number
  }>('SELECT state, fee_payer, needs_approval, occurrence FROM payout_batch WHERE id = $1 FOR UPDATE', [id])
  const row = rows[0]
  if (row === undefined || !wanted.includes(row.state)) throw new BatchMoved(id, row?.state, wanted)
  return {
    state: row.state,
    feePayer: row.fee_payer,
    needsApproval: row.needs_approval,
    occurrence: row.occurrence,
  }
}

/** Something that happened to a batch, or to payouts as a whole. */
export interface PayoutEvent {
  readonly batchId: bigint | undefined
  readonly atMs: number
  readonly what: string
  readonly detail?: string | undefined
  /** undefined: the pool itself. */
  readonly author?: string | undefined
}

export async function recordEvent(db: Queryable, event: PayoutEvent): Promise<void> {
  const { batchId, atMs, what, detail, author } = event
  await db.query(
    'INSERT INTO payout_event (batch_id, at, what, detail, author) VALUES ($1, $2, $3, $4, $5)',
    [batchId ?? null, new Date(atMs), what, detail ?? null, author ?? null],
  )
}

/** Moves a locked batch on, and writes down that it did: `event.what` is the new state. A problem it had is over. */
export async function moveBatch(
  db: Queryable,
  id: bigint,
  state: PayoutState,
  event: Omit<PayoutEvent, 'batchId' | 'what'>,
): Promise<void> {
  await db.query(
    `UPDATE payout_batch SET state = $2, problem = NULL, problem_detail = NULL, problem_since = NULL,
       placed_version = NULL, placed_block_hash = NULL, placed_height = NULL
     WHERE id = $1`,
    [id, state],
  )
  await recordEvent(db, { ...event, batchId: id, what: state })
}

/** What each miner is paid by a batch. */
export async function readPayments(db: Queryable, batchId: bigint): Promise<Payment[]> {
  const { rows } = await db.query<{ address: string; amount_sats: string }>(
    `SELECT m.address, i.amount_sats FROM payout_item i JOIN miner m ON m.id = i.miner_id
     WHERE i.batch_id = $1 ORDER BY m.address COLLATE "C"`,
    [batchId],
  )
  return rows.map(({ address, amount_sats }) => ({ miner: address, amountSats: BigInt(amount_sats) }))
}
