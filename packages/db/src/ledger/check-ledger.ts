import type pg from 'pg'
import { inTransaction } from '../transaction.js'
import { INVARIANTS } from './invariants.js'

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
export async function checkLedger(pool: pg.Pool): Promise<LedgerProblem[]> {
  const parts = INVARIANTS.map(
    ({ code, sql }) => `SELECT '${code}' AS code, subject::text, detail::text, since FROM (${sql}) AS broken`,
  )
  return inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL work_mem = '${WORK_MEMORY}'`)
    const { rows } = await client.query<Omit<LedgerProblem, 'sinceMs'> & { since: Date }>(
      `${parts.join(' UNION ALL ')} ORDER BY since, code, subject`,
    )
    return rows.map(({ since, ...problem }) => ({ ...problem, sinceMs: since.getTime() }))
  })
}
