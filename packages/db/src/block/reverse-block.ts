import { reverse, type Posting } from '@headframe/core/accounting/postings'
import type { Database } from '../database.js'
import { postTransaction } from '../ledger/post-transaction.js'
import { inTransaction, type Queryable } from '../transaction.js'
import { lockBlock, setBookedStatus } from './lock-block.js'

/**
 * Takes a block out of the accounts: posts the exact opposite of all that its transactions come to. That is due when
 * it went stale, and also when it is back as immature after having been booked as mature.
 */
export async function reverseBlock(
  db: Pick<Database, 'pool'>,
  hash: string,
  nowMs: number,
): Promise<'reversed' | 'not-due'> {
  return inTransaction(db.pool, async (client) => {
    const { status, bookedStatus, occurrence } = await lockBlock(client, hash)
    const isDue =
      status === 'stale' ? bookedStatus !== 'stale' : status === 'immature' && bookedStatus === 'mature'
    if (!isDue) return 'not-due'
    const balance = await readBlockBalance(client, hash)
    if (balance.length > 0) {
      await postTransaction(client, {
        kind: 'block-stale',
        of: { blockHash: hash },
        occurrence,
        postedAtMs: nowMs,
        postings: reverse(balance),
      })
    }
    await setBookedStatus(client, hash, 'stale')
    return 'reversed'
  })
}

/** What a block's transactions have left in each account. */
async function readBlockBalance(db: Queryable, hash: string): Promise<Posting[]> {
  const { rows } = await db.query<{ name: string; amount_sats: string }>(
    `SELECT account.name, sum(entry.amount_sats) AS amount_sats
     FROM ledger_transaction posting
     JOIN ledger_entry entry ON entry.transaction_id = posting.id
     JOIN ledger_account account ON account.id = entry.account_id
     WHERE posting.block_hash = $1
     GROUP BY account.name HAVING sum(entry.amount_sats) <> 0 ORDER BY account.name COLLATE "C"`,
    [hash],
  )
  return rows.map(({ name, amount_sats }) => ({ account: name, amountSats: BigInt(amount_sats) }))
}
