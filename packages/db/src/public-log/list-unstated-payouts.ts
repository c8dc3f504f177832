import type { PaidTo } from '@headframe/core/published/payout-statement'
import { inForce } from '../account/payout-address.js'
import type { Queryable } from '../transaction.js'

/** A settled payout that is not published yet. */
export interface UnstatedPayout {
  readonly batchId: bigint
  /** Display order, hex. */
  readonly txid: string
  readonly raw: Uint8Array
  readonly blockHash: string
  readonly height: number
  /** In the order of addresses. */
  readonly items: readonly {
    readonly address: string
    readonly amountSats: bigint
    readonly sentSats: bigint
    /** Where, and why, when it is not at his address. */
    readonly paidTo: PaidTo | undefined
  }[]
}

interface UnstatedRow {
  readonly id: string
  readonly txid: string
  readonly raw: Uint8Array
  readonly placed_block_hash: string
  readonly placed_height: number
  readonly addresses: string[]
  readonly amounts: string[]
  readonly sent: string[]
  readonly paid_to: (PaidTo | null)[]
}

/** Those with so many blocks on top that no reorganisation takes them back, the oldest first. */
export async function listUnstatedPayouts(
  db: Queryable,
  depth: number,
  limit: number,
): Promise<UnstatedPayout[]> {
  const { rows } = await db.query<UnstatedRow>(
    `SELECT batch.id, version.txid, version.raw, batch.placed_block_hash, batch.placed_height, item.addresses,
       item.amounts, item.sent, item.paid_to
     FROM payout_batch batch
     JOIN payout_version version ON version.batch_id = batch.id AND version.number = batch.placed_version
     CROSS JOIN LATERAL (
       SELECT array_agg(miner.address ORDER BY miner.address COLLATE "C") AS addresses,
         array_agg(amount_sats::text ORDER BY miner.address COLLATE "C") AS amounts,
         array_agg(sent_sats::text ORDER BY miner.address COLLATE "C") AS sent,
         array_agg(CASE WHEN place.script = payout_item.script THEN json_build_object(
           'address', place.address, 'message', place.message, 'signature', place.signature)
           END ORDER BY miner.address COLLATE "C") AS paid_to
       FROM payout_item JOIN miner ON miner.id = miner_id
       LEFT JOIN LATERAL (${inForce('miner.id', 'batch.created_at')}) place ON place.address <> miner.address
       WHERE batch_id = batch.id) item
     WHERE batch.state = 'settled' AND batch.placed_height <= (SELECT height FROM chain_tip WHERE id = 1) - $1
       AND NOT EXISTS (SELECT FROM public_payout WHERE public_payout.batch_id = batch.id)
     ORDER BY batch.id LIMIT $2`,
    [depth, limit],
  )
  return rows.map((row) => ({
    batchId: BigInt(row.id),
    txid: row.txid,
    raw: new Uint8Array(row.raw),
    blockHash: row.placed_block_hash,
    height: row.placed_height,
    items: row.addresses.map((address, at) => ({
      address,
      amountSats: BigInt(row.amounts[at]!),
      sentSats: BigInt(row.sent[at]!),
      paidTo: row.paid_to[at] ?? undefined,
    })),
  }))
}
