import type { Posting } from '@headframe/core/accounting/postings'
import type { Queryable } from '../transaction.js'

/** A transaction as it stands in a ledger. */
export interface PostedTransaction {
  readonly id: bigint
  readonly kind: string
  readonly blockHash: string | undefined
  readonly payoutBatchId: bigint | undefined
  readonly occurrence: number
  readonly postedAtMs: number
  readonly correction: { author: string; reason: string; reversesId: bigint | undefined } | undefined
}

interface PostedRow {
  readonly id: string
  readonly kind: string
  readonly block_hash: string | null
  readonly payout_batch_id: string | null
  readonly occurrence: number
  readonly posted_at: Date
  readonly author: string | null
  readonly reason: string | null
  readonly reverses_id: string | null
}

/** Those behind `after`, in the order in which they were posted. */
export async function listPosted(db: Queryable, after: bigint, limit: number): Promise<PostedTransaction[]> {
  const { rows } = await db.query<PostedRow>(
    `SELECT posting.*, correction.author, correction.reason, correction.reverses_id
     FROM ledger_transaction posting LEFT JOIN ledger_correction correction ON correction.transaction_id = posting.id
     WHERE posting.id > $1 ORDER BY posting.id LIMIT $2`,
    [after, limit],
  )
  return rows.map((row) => ({
    id: BigInt(row.id),
    kind: row.kind,
    blockHash: row.block_hash ?? undefined,
    payoutBatchId: row.payout_batch_id === null ? undefined : BigInt(row.payout_batch_id),
    occurrence: row.occurrence,
    postedAtMs: row.posted_at.getTime(),
    correction:
      row.author === null || row.reason === null
        ? undefined
        : {
            author: row.author,
            reason: row.reason,
            reversesId: row.reverses_id === null ? undefined : BigInt(row.reverses_id),
          },
  }))
}

/** What a transaction posts, in the order of the accounts' names. */
export async function readPostings(db: Queryable, transactionId: bigint): Promise<Posting[]> {
  const { rows } = await db.query<{ name: string; amount_sats: string }>(
    `SELECT name, amount_sats FROM ledger_entry JOIN ledger_account ON id = account_id
     WHERE transaction_id = $1 ORDER BY name COLLATE "C"`,
    [transactionId],
  )
  return rows.map(({ name, amount_sats }) => ({ account: name, amountSats: BigInt(amount_sats) }))
}
