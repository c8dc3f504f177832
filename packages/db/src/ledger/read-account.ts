import type { Queryable } from '../transaction.js'

/** The balance of one account in satoshis, by its name; 0n of one that nothing was posted to. */
export async function readAccount(db: Queryable, name: string): Promise<bigint> {
  const { rows } = await db.query<{ balance: string }>(
    `SELECT coalesce(sum(total.amount_sats), 0) AS balance
     FROM ledger_account account JOIN ledger_total total ON total.account_id = account.id WHERE account.name = $1`,
    [name],
  )
  return BigInt(rows[0]!.balance)
}
