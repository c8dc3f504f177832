import type { Posting } from '@headframe/core/accounting/postings'
import type { Queryable } from '../transaction.js'

export type LedgerKind =
  | 'block-credit'
  | 'block-pay'
  | 'block-mature'
  | 'block-stale'
  | 'payout-plan'
  | 'payout-cancel'
  | 'payout-settle'
  | 'payout-reorganised'

/** What a transaction is about. */
export type LedgerSubject = { readonly blockHash: string } | { readonly payoutBatchId: bigint }

/** Postings that belong together, told apart by subject, kind and occurrence. */
export interface LedgerTransaction {
  readonly kind: LedgerKind
  readonly of: LedgerSubject
  /** From 1: how often the block has come onto the best chain, or the payout was confirmed. */
  readonly occurrence: number
  /** Sum to 0. Several on one account become one entry. */
  readonly postings: readonly Posting[]
  readonly postedAtMs: number
}

/**
 * Writes a transaction into the ledger, unless it is there already. `db` is a connection inside the database
 * transaction of whatever belongs to it. Throws when the postings do not sum to 0: the database would refuse them.
 */
export async function postTransaction(
  db: Queryable,
  transaction: LedgerTransaction,
): Promise<'posted' | 'already'> {
  const entries = [...mergePostings(transaction)]
  const { kind, of, occurrence, postedAtMs } = transaction
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO ledger_transaction (kind, block_hash, payout_batch_id, occurrence, posted_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING id`,
    [
      kind,
      'blockHash' in of ? of.blockHash : null,
      'payoutBatchId' in of ? of.payoutBatchId : null,
      occurrence,
      new Date(postedAtMs),
    ],
  )
  if (rows[0] === undefined) return 'already'
  await insertEntries(db, rows[0].id, entries)
  return 'posted'
}

/** The entries of a transaction, all at once, each account only once; accounts that are not there yet are opened. */
export async function insertEntries(
  db: Queryable,
  transactionId: string,
  entries: readonly (readonly [account: string, amountSats: bigint])[],
): Promise<void> {
  const names = entries.map(([account]) => account)
  await openAccounts(db, names)
  await db.query(
    `INSERT INTO ledger_entry (transaction_id, account_id, amount_sats)
     SELECT $1::bigint, account.id, posting.amount_sats
     FROM unnest($2::text[], $3::bigint[]) AS posting (name, amount_sats)
     JOIN ledger_account account ON account.name = posting.name`,
    [transactionId, names, entries.map(([, amountSats]) => amountSats)],
  )
}

function mergePostings({ kind, of, postings }: LedgerTransaction): Map<string, bigint> {
  const amounts = new Map<string, bigint>()
  let sum = 0n
  for (const { account, amountSats } of postings) {
    amounts.set(account, (amounts.get(account) ?? 0n) + amountSats)
    sum += amountSats
  }
  if (sum !== 0n) throw new Error(`${kind} of ${nameOf(of)} is out of balance by ${sum} sats`)
  for (const [account, amountSats] of amounts) if (amountSats === 0n) amounts.delete(account)
  return amounts
}

function nameOf(subject: LedgerSubject): string {
  return 'blockHash' in subject ? `block ${subject.blockHash}` : `payout batch ${subject.payoutBatchId}`
}

/**
 * Inserts only what is missing, as `upsertWorkers` does and for the same reason. What is there is read once and not asked
 * for name by name: to the planner a ledger that has just grown is still empty, and it would look through all of it each
 * time.
 */
async function openAccounts(db: Queryable, names: readonly string[]): Promise<void> {
  await db.query(
    `INSERT INTO ledger_account (name, miner_id)
     SELECT posting.name, miner.id
     FROM unnest($1::text[]) AS posting (name)
     LEFT JOIN miner ON posting.name LIKE 'liability:miner:%' AND miner.address = split_part(posting.name, ':', 3)
     WHERE posting.name NOT IN (SELECT name FROM ledger_account WHERE name = ANY ($1))
     ON CONFLICT (name) DO NOTHING`,
    [names],
  )
}
