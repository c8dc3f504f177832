import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'

/** One transaction of the ledger as it changed what the pool owes a miner. */
export interface StatementLine {
  readonly transactionId: bigint
  readonly postedAtMs: number
  readonly kind: string
  readonly blockHash: string | undefined
  readonly height: number | undefined
  /** Why a person has corrected something; undefined for what follows from blocks and payouts. */
  readonly reason: string | undefined
  /** Of the transaction that has paid the payout of this line; undefined while none has confirmed. */
  readonly txid: string | undefined
  /** What left the pool for him by this line; negative where that was undone. 0 where nothing moved. */
  readonly sentSats: bigint
  /** More is owed when positive. */
  readonly immatureSats: bigint
  readonly availableSats: bigint
  readonly lockedSats: bigint
}

const LIST = `
  SELECT posting.id, posting.posted_at, posting.kind, posting.block_hash, block.height, correction.reason,
         version.txid, coalesce(item.sent_sats, 0) * CASE posting.kind
           WHEN 'payout-settle' THEN 1 WHEN 'payout-reorganised' THEN -1 ELSE 0 END AS sent,
         coalesce(-sum(entry.amount_sats) FILTER (WHERE account.name LIKE '%:immature'), 0) AS immature,
         coalesce(-sum(entry.amount_sats) FILTER (WHERE account.name LIKE '%:available'), 0) AS available,
         coalesce(-sum(entry.amount_sats) FILTER (WHERE account.name LIKE '%:locked'), 0) AS locked
  FROM ledger_account AS account
  JOIN ledger_entry AS entry ON entry.account_id = account.id
  JOIN ledger_transaction AS posting ON posting.id = entry.transaction_id
  LEFT JOIN block ON block.hash = posting.block_hash
  LEFT JOIN ledger_correction AS correction ON correction.transaction_id = posting.id
  LEFT JOIN payout_batch AS batch ON batch.id = posting.payout_batch_id
  LEFT JOIN payout_item AS item ON item.batch_id = batch.id AND item.miner_id = account.miner_id
  LEFT JOIN payout_version AS version ON version.batch_id = batch.id AND version.number = batch.placed_version
  WHERE account.miner_id = $1 AND entry.transaction_id > $2
  GROUP BY posting.id, block.height, correction.reason, version.txid, item.sent_sats
  ORDER BY posting.id
  LIMIT $3`

/** A miner's lines in the order in which they were posted, those behind the transaction `afterId`. */
export async function listStatement(
  db: Queryable,
  minerId: number,
  afterId: bigint,
  limit: number,
): Promise<StatementLine[]> {
  const { rows } = await db.query<
    Record<'id' | 'kind' | 'immature' | 'available' | 'locked' | 'sent', string> & {
      posted_at: Date
      block_hash: string | null
      height: number | null
      reason: string | null
      txid: string | null
    }
  >(LIST, [minerId, afterId, limit])
  return rows.map((row) => ({
    transactionId: BigInt(row.id),
    postedAtMs: row.posted_at.getTime(),
    kind: row.kind,
    blockHash: row.block_hash ?? undefined,
    height: row.height ?? undefined,
    reason: row.reason ?? undefined,
    txid: row.txid ?? undefined,
    sentSats: bigintOfNumeric(row.sent),
    immatureSats: bigintOfNumeric(row.immature),
    availableSats: bigintOfNumeric(row.available),
    lockedSats: bigintOfNumeric(row.locked),
  }))
}
