import type { Queryable } from '../transaction.js'

/** Something that can never be, and is: somebody has to look. */
export interface LedgerProblem {
  readonly code: string
  /** A transaction, account or block. */
  readonly subject: string
  readonly detail: string
}

interface Invariant {
  readonly code: string
  /** Selects `subject` and `detail` of whatever breaks it. */
  readonly sql: string
}

const BLOCK_BALANCE = `SELECT t.block_hash, sum(e.amount_sats) FILTER (WHERE a.name = 'asset:coinbase_immature') AS immature,
    sum(e.amount_sats) FILTER (WHERE a.name = 'asset:wallet') AS wallet,
    sum(e.amount_sats) FILTER (WHERE a.name = 'equity:fee_income') AS fee,
    sum(e.amount_sats) FILTER (WHERE a.name LIKE 'liability:miner:%') AS owed
  FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id JOIN ledger_account a ON a.id = e.account_id
  WHERE t.block_hash IS NOT NULL GROUP BY t.block_hash`

/** What the coinbase has paid to miners itself: never the pool's. */
const DIRECT = 'SELECT block_hash, sum(direct_sats) AS direct_sats FROM earning GROUP BY block_hash'
/** What it has paid to the pool; a block that is booked and was never settled is always wrong. */
const OF_POOL = 'coalesce(s.coinbase_value_sats - coalesce(d.direct_sats, 0), -1)'

const INVARIANTS: readonly Invariant[] = [
  {
    code: 'transaction-unbalanced',
    sql: `SELECT t.id AS subject, count(e.*) || ' entries, sum ' || coalesce(sum(e.amount_sats), 0) AS detail
      FROM ledger_transaction t LEFT JOIN ledger_entry e ON e.transaction_id = t.id
      GROUP BY t.id HAVING count(e.*) < 2 OR sum(e.amount_sats) <> 0`,
  },
  {
    code: 'miner-owes-pool',
    sql: `SELECT a.name AS subject, 'balance ' || sum(e.amount_sats) AS detail
      FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.id
      WHERE a.name LIKE 'liability:miner:%' GROUP BY a.name HAVING sum(e.amount_sats) > 0`,
  },
  {
    code: 'split-differs-from-coinbase',
    sql: `SELECT s.block_hash AS subject, 'reward ' || s.reward_sats || ', earnings ' || coalesce(sum(e.amount_sats), 0) AS detail
      FROM settlement s LEFT JOIN earning e ON e.block_hash = s.block_hash
      GROUP BY s.block_hash HAVING coalesce(sum(e.amount_sats), 0) <> s.reward_sats`,
  },
  {
    // What a block's transactions come to is what its booked status says, and no more.
    code: 'block-misbooked',
    sql: `SELECT b.hash AS subject, format('booked %s of %s: immature %s, wallet %s, fee %s, owed %s', b.booked_status,
        s.coinbase_value_sats, k.immature, k.wallet, k.fee, k.owed) AS detail
      FROM block b LEFT JOIN settlement s ON s.block_hash = b.hash LEFT JOIN (${BLOCK_BALANCE}) k ON k.block_hash = b.hash
      LEFT JOIN (${DIRECT}) d ON d.block_hash = b.hash
      WHERE coalesce(k.immature, 0) <> CASE b.booked_status WHEN 'immature' THEN ${OF_POOL} ELSE 0 END
         OR coalesce(k.wallet, 0) <> CASE b.booked_status WHEN 'mature' THEN ${OF_POOL} ELSE 0 END
         OR coalesce(k.fee, 0) <> CASE WHEN b.booked_status IN ('immature', 'mature') THEN -s.pool_fee_sats ELSE 0 END
         OR coalesce(k.owed, 0) <> CASE WHEN b.booked_status IN ('immature', 'mature')
              THEN coalesce(d.direct_sats, 0) - s.reward_sats ELSE 0 END`,
  },
]

/** Checks the whole ledger in one snapshot of the database. An empty answer is what one wants. */
export async function checkLedger(db: Queryable): Promise<LedgerProblem[]> {
  const parts = INVARIANTS.map(
    ({ code, sql }) => `SELECT '${code}' AS code, subject::text, detail::text FROM (${sql}) AS broken`,
  )
  const { rows } = await db.query<LedgerProblem>(parts.join(' UNION ALL '))
  return rows
}
