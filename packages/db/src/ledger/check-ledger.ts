import type pg from 'pg'
import { inTransaction, type Queryable } from '../transaction.js'
import type { Invariant } from './invariant.js'
import { INVARIANTS } from './invariants.js'
import { findEnd, moveMark, readMark } from './ledger-mark.js'
import { SCOPE, valuesOfMark, valuesOfScope } from './new-scope.js'
import { PAYOUT_INVARIANTS } from './payout-invariants.js'

/** Something that can never be, and is: somebody has to look. */
export interface LedgerProblem {
  readonly code: string
  /** A transaction, account, block, or a block and a miner. */
  readonly subject: string
  readonly detail: string
  /** When it came to be, as far as the ledger tells. */
  readonly sinceMs: number
}

/** Of one sort or sum: most of a check is sums over millions of rows, which are slow on the disk. */
const WORK_MEMORY = '128MB'

/** Checks the whole ledger in one snapshot of the database, the oldest first. An empty answer is what one wants. */
export function checkLedger(pool: pg.Pool): Promise<LedgerProblem[]> {
  return inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL work_mem = '${WORK_MEMORY}'`)
    return sorted(await findBroken(client, '', INVARIANTS))
  })
}

/** Of the ledger, what payouts are booked by. */
export async function checkPayouts(db: Queryable): Promise<LedgerProblem[]> {
  return sorted(await findBroken(db, '', PAYOUT_INVARIANTS))
}

export interface CheckOptions {
  /** All of it; otherwise what is new since the last check that found nothing, if there was one. */
  readonly isWhole: boolean
  readonly nowMs: number
}

export interface LedgerCheck {
  readonly problems: LedgerProblem[]
  /** Where it has begun; undefined: all of it was checked. */
  readonly since: { readonly transactionId: bigint; readonly checkedAtMs: number } | undefined
}

/** A check that the next one goes on from, when it has found nothing. */
export async function checkOnward(pool: pg.Pool, { isWhole, nowMs }: CheckOptions): Promise<LedgerCheck> {
  const end = await findEnd(pool)
  const mark = await readMark(pool)
  const since = isWhole ? undefined : mark
  const problems = since === undefined ? await checkLedger(pool) : await checkNew(pool)
  if (problems.length === 0) await moveMark(pool, mark, end, { isWhole: since === undefined, nowMs })
  return { problems, since }
}

/**
 * What is new behind the mark, and all that it touches; balances, against their sums at the mark. Most rules hold of a
 * block, payout or transaction alone, and are asked of those; the others have a way of their own.
 */
function checkNew(pool: pg.Pool): Promise<LedgerProblem[]> {
  return inTransaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
    // The one of this snapshot; there is one for good once there was any.
    const mark = (await readMark(client))!
    const ofTouched = INVARIANTS.filter(({ ofNew }) => ofNew === undefined)
    const others = INVARIANTS.flatMap(({ code, ofNew }) =>
      ofNew === undefined ? [] : [{ code, sql: ofNew }],
    )
    return sorted([
      ...(await findBroken(client, SCOPE, ofTouched, valuesOfScope(mark))),
      ...(await findBroken(client, '', others, valuesOfMark(mark))),
    ])
  })
}

/** `scope`: names that stand for less than the tables of that name. */
async function findBroken(
  db: Queryable,
  scope: string,
  invariants: readonly Invariant[],
  values: unknown[] = [],
): Promise<LedgerProblem[]> {
  const parts = invariants.map(
    ({ code, sql }) => `SELECT '${code}' AS code, subject::text, detail::text, since FROM (${sql}) AS broken`,
  )
  const { rows } = await db.query<Omit<LedgerProblem, 'sinceMs'> & { since: Date }>(
    `${scope} ${parts.join(' UNION ALL ')}`,
    values,
  )
  return rows.map(({ since, ...problem }) => ({ ...problem, sinceMs: since.getTime() }))
}

function sorted(problems: readonly LedgerProblem[]): LedgerProblem[] {
  const keyOf = ({ code, subject }: LedgerProblem): string => `${code} ${subject}`
  return [...problems].sort((a, b) => a.sinceMs - b.sinceMs || (keyOf(a) < keyOf(b) ? -1 : 1))
}
