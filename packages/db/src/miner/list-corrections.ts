import type { Queryable } from '../transaction.js'

/** A correction as it changed what the pool owes a miner. */
export interface MinerCorrection {
  readonly transactionId: bigint
  readonly postedAtMs: number
  readonly reason: string
  /** The correction that it takes back. */
  readonly reversesId: bigint | undefined
  /** More is owed when positive. */
  readonly amountSats: bigint
}

/** A miner's corrections, the newest first. Who has made them is between him and the operator. */
export async function listCorrections(
  db: Queryable,
  minerId: number,
  limit: number,
): Promise<MinerCorrection[]> {
  const { rows } = await db.query<{
    id: string
    posted_at: Date
    reason: string
    reverses_id: string | null
    amount: string
  }>(
    `SELECT posting.id, posting.posted_at, correction.reason, correction.reverses_id, -sum(entry.amount_sats) AS amount
     FROM ledger_correction correction JOIN ledger_transaction posting ON posting.id = correction.transaction_id
     JOIN ledger_entry entry ON entry.transaction_id = posting.id
     JOIN ledger_account account ON account.id = entry.account_id AND account.miner_id = $1
     GROUP BY posting.id, correction.transaction_id ORDER BY posting.id DESC LIMIT $2`,
    [minerId, limit],
  )
  return rows.map((row) => ({
    transactionId: BigInt(row.id),
    postedAtMs: row.posted_at.getTime(),
    reason: row.reason,
    reversesId: row.reverses_id === null ? undefined : BigInt(row.reverses_id),
    amountSats: BigInt(row.amount),
  }))
}
