import {
  FEE_INCOME,
  FPPS_RESERVE,
  NETWORK_FEE,
  OPERATOR,
  SUSPENSE,
  WALLET,
} from '@headframe/core/accounting/account'
import { correctionProblem, type Correction } from '@headframe/core/accounting/correction'
import type { Posting } from '@headframe/core/accounting/postings'
import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'
import { insertEntries } from './post-transaction.js'

/** A correction that the ledger does not take; the message says why, for whoever wrote it. */
export class CorrectionRefused extends Error {
  override readonly name = 'CorrectionRefused'
}

/** What a correction does to an account. */
export interface CorrectedAccount {
  readonly account: string
  readonly amountSats: bigint
  readonly balanceSats: bigint
}

export interface PostedCorrection {
  readonly transactionId: bigint
  readonly accounts: readonly CorrectedAccount[]
}

export interface CorrectionOptions {
  readonly nowMs: number
  /** Whether it is only tried: everything is checked, and nothing stays. */
  readonly isDryRun: boolean
}

/** Accounts that a correction may open; any other has to be there, or to be a miner's. */
const OPENED = [WALLET, FEE_INCOME, FPPS_RESERVE, NETWORK_FEE, OPERATOR, SUSPENSE]

/** Rolls back what was only tried. */
class DryRun extends Error {
  readonly posted: PostedCorrection

  constructor(posted: PostedCorrection) {
    super('a dry run is not committed')
    this.posted = posted
  }
}

/** Posts a correction. Throws CorrectionRefused when it does not sum to 0, names an unknown account, or takes too much. */
export async function postCorrection(
  db: Pick<Database, 'pool'>,
  correction: Correction,
  options: CorrectionOptions,
): Promise<PostedCorrection> {
  return tryOrPost(db, options, (client) => insertCorrection(client, correction, undefined, options.nowMs))
}

/** Takes a correction back by its opposite, once. What blocks and payouts have posted follows the chain alone. */
export async function reverseCorrection(
  db: Pick<Database, 'pool'>,
  transactionId: bigint,
  by: Pick<Correction, 'author' | 'reason'>,
  options: CorrectionOptions,
): Promise<PostedCorrection> {
  return tryOrPost(db, options, async (client) => {
    const postings = await readOpposite(client, transactionId)
    return insertCorrection(client, { ...by, postings }, transactionId, options.nowMs)
  })
}

async function tryOrPost(
  { pool }: Pick<Database, 'pool'>,
  { isDryRun }: CorrectionOptions,
  post: (client: Queryable) => Promise<PostedCorrection>,
): Promise<PostedCorrection> {
  try {
    return await inTransaction(pool, async (client) => {
      const posted = await post(client)
      // What the database checks at commit, it checks here.
      await client.query('SET CONSTRAINTS ALL IMMEDIATE')
      if (isDryRun) throw new DryRun(posted)
      return posted
    })
  } catch (error) {
    if (error instanceof DryRun) return error.posted
    throw refusalOf(error) ?? error
  }
}

async function insertCorrection(
  db: Queryable,
  correction: Correction,
  reverses: bigint | undefined,
  nowMs: number,
): Promise<PostedCorrection> {
  const problem = correctionProblem(correction)
  if (problem !== undefined) throw new CorrectionRefused(problem)
  const { author, reason, postings } = correction
  await refuseUnknown(db, postings)
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO ledger_transaction (kind, posted_at) VALUES ('correction', $1) RETURNING id`,
    [new Date(nowMs)],
  )
  const { id } = rows[0]!
  await db.query(
    'INSERT INTO ledger_correction (transaction_id, author, reason, reverses_id) VALUES ($1, $2, $3, $4)',
    [id, author.trim(), reason.trim(), reverses ?? null],
  )
  await insertEntries(
    db,
    id,
    postings.map(({ account, amountSats }) => [account, amountSats]),
  )
  return { transactionId: BigInt(id), accounts: await readAccounts(db, postings) }
}

async function refuseUnknown(db: Queryable, postings: readonly Posting[]): Promise<void> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT name FROM unnest($1::text[]) AS named (name)
     WHERE name <> ALL ($2::text[]) AND NOT EXISTS (SELECT FROM ledger_account account WHERE account.name = named.name)
       AND NOT EXISTS (SELECT FROM miner WHERE address = substring(named.name FROM '^liability:miner:(.*):available$'))`,
    [postings.map(({ account }) => account), OPENED],
  )
  if (rows.length === 0) return
  const names = rows.map(({ name }) => name).join(', ')
  throw new CorrectionRefused(`There is no account ${names}; \`ledger balances\` lists those there are.`)
}

async function readAccounts(db: Queryable, postings: readonly Posting[]): Promise<CorrectedAccount[]> {
  const { rows } = await db.query<{ name: string; balance: string }>(
    `SELECT account.name, sum(total.amount_sats) AS balance
     FROM ledger_account account JOIN ledger_total total ON total.account_id = account.id
     WHERE account.name = ANY ($1::text[]) GROUP BY account.name`,
    [postings.map(({ account }) => account)],
  )
  const balances = new Map(rows.map(({ name, balance }) => [name, BigInt(balance)]))
  return postings.map((posting) => ({ ...posting, balanceSats: balances.get(posting.account)! }))
}

async function readOpposite(db: Queryable, transactionId: bigint): Promise<Posting[]> {
  const { rows } = await db.query<{ kind: string; name: string; amount_sats: string }>(
    `SELECT posting.kind, account.name, entry.amount_sats
     FROM ledger_transaction posting JOIN ledger_entry entry ON entry.transaction_id = posting.id
     JOIN ledger_account account ON account.id = entry.account_id
     WHERE posting.id = $1 ORDER BY account.name COLLATE "C"`,
    [transactionId],
  )
  if (rows[0] === undefined) throw new CorrectionRefused(`There is no transaction ${transactionId}.`)
  if (rows[0].kind !== 'correction') {
    throw new CorrectionRefused(
      `Transaction ${transactionId} is a ${rows[0].kind}, which follows the chain; only corrections can be reversed.`,
    )
  }
  return rows.map(({ name, amount_sats }) => ({ account: name, amountSats: -BigInt(amount_sats) }))
}

/** What the database says no to, in words. */
function refusalOf(error: unknown): CorrectionRefused | undefined {
  const { code, constraint, message } = error as Error & { code?: string; constraint?: string }
  if (constraint === 'ledger_correction_reverses_id_key') {
    return new CorrectionRefused('That correction has been reversed already.')
  }
  // check_violation, by the trigger that watches what miners are owed.
  if (code === '23514') return new CorrectionRefused(`${message}.`)
  return undefined
}
