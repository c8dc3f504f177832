import type { Queryable } from '../transaction.js'

/** What the ledger says of one miner, satoshis. */
export interface MinerBalance {
  /** Of blocks whose coinbase cannot be spent yet. */
  readonly immatureSats: bigint
  /** Owed and payable. */
  readonly availableSats: bigint
  /** In a payout that is under way. */
  readonly lockedSats: bigint
  /** Sent: what payouts have taken off the pool's liabilities to him. */
  readonly paidSats: bigint
  /** Paid to him by the coinbases of blocks themselves; the pool never had it. */
  readonly directSats: bigint
}

interface BalanceRow {
  readonly state: string
  readonly owed: string
  readonly paid: string
}

/**
 * Liabilities are negative in the ledger, so what is owed is the sum turned round. A payout that is planned or cancelled
 * moves a debt from one account to the other; what is settled is owed no more.
 */
const READ = `
  SELECT substring(account.name FROM '[^:]+$') AS state, COALESCE(-sum(total.amount_sats), 0) AS owed,
         COALESCE(sum(total.amount_sats) FILTER (WHERE total.kind LIKE 'payout-%'), 0) AS paid
  FROM ledger_account AS account LEFT JOIN ledger_total AS total ON total.account_id = account.id
  WHERE account.miner_id = $1
  GROUP BY account.name`

/** Of blocks that have their place in the chain. */
const READ_DIRECT = `
  SELECT COALESCE(sum(earning.direct_sats), 0) AS direct
  FROM earning JOIN block ON block.hash = earning.block_hash
  WHERE earning.miner_id = $1 AND earning.direct_sats > 0 AND block.booked_status IN ('immature', 'mature')`

export async function readBalance(db: Queryable, minerId: number): Promise<MinerBalance> {
  const { rows } = await db.query<BalanceRow>(READ, [minerId])
  const direct = await db.query<{ direct: string }>(READ_DIRECT, [minerId])
  const owed = (state: string) => BigInt(rows.find((row) => row.state === state)?.owed ?? '0')
  return {
    immatureSats: owed('immature'),
    availableSats: owed('available'),
    lockedSats: owed('locked'),
    paidSats: rows.reduce((sum, row) => sum + BigInt(row.paid), 0n),
    directSats: BigInt(direct.rows[0]?.direct ?? '0'),
  }
}
