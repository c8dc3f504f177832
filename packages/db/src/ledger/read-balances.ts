import type { Queryable } from '../transaction.js'

/** Account -> balance in satoshis: assets positive, liabilities and equity negative. Accounts at 0 are included. */
export async function readBalances(db: Queryable): Promise<Map<string, bigint>> {
  const { rows } = await db.query<{ name: string; balance: string }>(
    `SELECT account.name, coalesce(sum(total.amount_sats), 0) AS balance
     FROM ledger_account account LEFT JOIN ledger_total total ON total.account_id = account.id
     GROUP BY account.name ORDER BY account.name COLLATE "C"`,
  )
  return new Map(rows.map(({ name, balance }) => [name, BigInt(balance)]))
}
