import type { Queryable } from '../transaction.js'

/** How much there is in the ledger, and what it comes to. */
export interface LedgerSize {
  readonly transactions: number
  readonly entries: number
  readonly accounts: number
  /** Over all accounts; 0n, or the ledger is wrong. */
  readonly sumSats: bigint
}

export async function measureLedger(db: Queryable): Promise<LedgerSize> {
  const { rows } = await db.query<Record<'transactions' | 'entries' | 'accounts' | 'sum_sats', string>>(
    `SELECT (SELECT count(*) FROM ledger_transaction) AS transactions, (SELECT count(*) FROM ledger_account) AS accounts,
       coalesce(sum(entries), 0) AS entries, coalesce(sum(amount_sats), 0) AS sum_sats FROM ledger_total`,
  )
  const { transactions, entries, accounts, sum_sats } = rows[0]!
  return {
    transactions: Number(transactions),
    entries: Number(entries),
    accounts: Number(accounts),
    sumSats: BigInt(sum_sats),
  }
}
