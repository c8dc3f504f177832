import type { FeePayer, PayoutState } from '@headframe/core/payout/batch'
import type { Queryable } from '../transaction.js'

/** What a miner gets, or has got, by one batch of payouts. */
export interface MinerPayout {
  readonly batchId: bigint
  readonly state: PayoutState
  readonly plannedAtMs: number
  /** Taken from what he was owed. */
  readonly amountSats: bigint
  /** What his output has; undefined before there is a transaction. */
  readonly sentSats: bigint | undefined
  readonly feePayer: FeePayer
  /** Somebody of the pool has to agree first. */
  readonly awaitsApproval: boolean
  /** Of the version that has confirmed, or else of the newest that was sent. */
  readonly txid: string | undefined
  /** Of the version that has confirmed. */
  readonly height: number | undefined
}

const LIST = `
  SELECT batch.id, batch.state, batch.created_at, batch.fee_payer, batch.needs_approval, batch.placed_height,
         item.amount_sats, item.sent_sats, version.txid
  FROM payout_item AS item
  JOIN payout_batch AS batch ON batch.id = item.batch_id
  LEFT JOIN LATERAL (
    SELECT txid FROM payout_version
    WHERE batch_id = batch.id AND number = coalesce(batch.placed_version, number) AND sent_at IS NOT NULL
    ORDER BY number DESC LIMIT 1) AS version ON true
  WHERE item.miner_id = $1 AND ($2::bigint IS NULL OR batch.id < $2)
  ORDER BY batch.id DESC
  LIMIT $3`

/** A miner's payouts, the newest first, those before the batch `beforeId` when it is given. */
export async function listPayouts(
  db: Queryable,
  minerId: number,
  beforeId: bigint | undefined,
  limit: number,
): Promise<MinerPayout[]> {
  const { rows } = await db.query<{
    id: string
    state: PayoutState
    created_at: Date
    fee_payer: FeePayer
    needs_approval: boolean
    placed_height: number | null
    amount_sats: string
    sent_sats: string | null
    txid: string | null
  }>(LIST, [minerId, beforeId ?? null, limit])
  return rows.map((row) => ({
    batchId: BigInt(row.id),
    state: row.state,
    plannedAtMs: row.created_at.getTime(),
    amountSats: BigInt(row.amount_sats),
    sentSats: row.sent_sats === null ? undefined : BigInt(row.sent_sats),
    feePayer: row.fee_payer,
    awaitsApproval: row.needs_approval,
    txid: row.txid ?? undefined,
    height: row.placed_height ?? undefined,
  }))
}
