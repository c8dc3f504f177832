import type { Queryable } from '../transaction.js'

/** One entry of an account, with all that is known of why it is there. */
export interface HistoryLine {
  readonly transactionId: bigint
  readonly postedAtMs: number
  readonly kind: string
  readonly account: string
  readonly amountSats: bigint
  /** Of the account, after it. */
  readonly balanceSats: bigint
  readonly blockHash: string | undefined
  readonly height: number | undefined
  readonly author: string | undefined
  readonly reason: string | undefined
  readonly reversesId: bigint | undefined
}

interface HistoryRow {
  readonly id: string
  readonly posted_at: Date
  readonly kind: string
  readonly name: string
  readonly amount_sats: string
  readonly balance: string
  readonly block_hash: string | null
  readonly height: number | null
  readonly author: string | null
  readonly reason: string | null
  readonly reverses_id: string | null
}

/** Balances are counted back from what is there now, so that only what is shown is read. */
const LIST = `
  SELECT posting.id, posting.posted_at, posting.kind, account.name, entry.amount_sats,
         balance.now - coalesce(sum(entry.amount_sats) OVER (PARTITION BY account.id ORDER BY posting.id DESC
           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS balance,
         posting.block_hash, block.height, correction.author, correction.reason, correction.reverses_id
  FROM ledger_account account
  CROSS JOIN LATERAL (SELECT sum(amount_sats) AS now FROM ledger_total WHERE account_id = account.id) balance
  CROSS JOIN LATERAL (SELECT * FROM ledger_entry WHERE account_id = account.id
    ORDER BY transaction_id DESC LIMIT $2) entry
  JOIN ledger_transaction posting ON posting.id = entry.transaction_id
  LEFT JOIN block ON block.hash = posting.block_hash
  LEFT JOIN ledger_correction correction ON correction.transaction_id = posting.id
  WHERE account.name = $1 OR account.miner_id = (SELECT id FROM miner WHERE address = $1)
  ORDER BY posting.id DESC, account.name LIMIT $2`

/**
 * The newest entries of an account, or of all accounts of the miner with that address, the oldest of them first; at
 * most `limit`. Undefined when there is neither. One snapshot.
 */
export async function listHistory(
  db: Queryable,
  accountOrAddress: string,
  limit: number,
): Promise<HistoryLine[] | undefined> {
  const { rows } = await db.query<HistoryRow>(LIST, [accountOrAddress, limit])
  if (rows.length === 0 && !(await isKnown(db, accountOrAddress))) return undefined
  return rows.reverse().map((row) => ({
    transactionId: BigInt(row.id),
    postedAtMs: row.posted_at.getTime(),
    kind: row.kind,
    account: row.name,
    amountSats: BigInt(row.amount_sats),
    balanceSats: BigInt(row.balance),
    blockHash: row.block_hash ?? undefined,
    height: row.height ?? undefined,
    author: row.author ?? undefined,
    reason: row.reason ?? undefined,
    reversesId: row.reverses_id === null ? undefined : BigInt(row.reverses_id),
  }))
}

async function isKnown(db: Queryable, accountOrAddress: string): Promise<boolean> {
  const { rows } = await db.query<{ is_known: boolean }>(
    `SELECT EXISTS (SELECT FROM ledger_account WHERE name = $1) OR EXISTS (SELECT FROM miner WHERE address = $1) AS is_known`,
    [accountOrAddress],
  )
  return rows[0]!.is_known
}
