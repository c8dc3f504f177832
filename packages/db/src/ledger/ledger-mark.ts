import type pg from 'pg'
import { inTransaction, type Queryable } from '../transaction.js'

/** Up to where the ledger was found right. */
export interface LedgerMark {
  readonly transactionId: bigint
  readonly blockHeight: number
  readonly fppsPosition: bigint
  readonly checkedAtMs: number
  /** When all of it was checked last. */
  readonly wholeAtMs: number
}

/** Where a check ends: nothing can arrive any more at or below it. */
export interface LedgerEnd {
  readonly transactionId: bigint
  readonly blockHeight: number
  readonly fppsPosition: bigint
}

/** Who books is quick; a check that cannot get a word in fails, and comes again. */
const LOCK_TIMEOUT = '10s'

interface MarkRow {
  transaction_id: string
  block_height: number
  fpps_position: string
  checked_at: Date
  whole_at: Date
}

/** Undefined before the first check that found nothing wrong. */
export async function readMark(db: Queryable): Promise<LedgerMark | undefined> {
  const { rows } = await db.query<MarkRow>(
    'SELECT transaction_id, block_height, fpps_position, checked_at, whole_at FROM ledger_mark WHERE id = 1',
  )
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    transactionId: BigInt(row.transaction_id),
    blockHeight: row.block_height,
    fppsPosition: BigInt(row.fpps_position),
    checkedAtMs: row.checked_at.getTime(),
    wholeAtMs: row.whole_at.getTime(),
  }
}

/**
 * The end of the ledger. Numbers are given before they are committed, so the newest that is there may be overtaken by a
 * lower one: everybody who is writing is waited for, for a moment, and nobody may begin.
 */
export function findEnd(pool: pg.Pool): Promise<LedgerEnd> {
  return inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`)
    await client.query('LOCK TABLE ledger_transaction IN SHARE MODE')
    const { rows } = await client.query<{ id: string; height: number; position: string }>(
      `SELECT (SELECT coalesce(max(id), 0) FROM ledger_transaction) AS id, (SELECT coalesce(max(height), 0) FROM block) AS height,
         (SELECT coalesce(max(end_position), 0) FROM fpps_stretch) AS position`,
    )
    const { id, height, position } = rows[0]!
    return { transactionId: BigInt(id), blockHeight: height, fppsPosition: BigInt(position) }
  })
}

const MOVE = `INSERT INTO ledger_mark (id, transaction_id, block_height, fpps_position, checked_at, whole_at) VALUES (1, $1, $2, $3, $4, $4)
  ON CONFLICT (id) DO UPDATE SET transaction_id = $1, block_height = $2, fpps_position = $3, checked_at = $4,
    whole_at = CASE WHEN $5 THEN $4 ELSE ledger_mark.whole_at END`

const ADD_NEW = `INSERT INTO ledger_mark_total AS known (account_id, kind, entries, amount_sats)
  SELECT e.account_id, t.kind, count(*), sum(e.amount_sats)
  FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
  WHERE e.transaction_id > $1 AND e.transaction_id <= $2 GROUP BY 1, 2
  ON CONFLICT (account_id, kind) DO UPDATE SET
    entries = known.entries + excluded.entries, amount_sats = known.amount_sats + excluded.amount_sats`

/** What was found to be the sum of all entries, less those behind the end. */
const TAKE_ALL = `INSERT INTO ledger_mark_total (account_id, kind, entries, amount_sats)
  SELECT account_id, kind, k.entries - coalesce(n.entries, 0), k.amount_sats - coalesce(n.amount_sats, 0)
  FROM ledger_total k LEFT JOIN (
    SELECT e.account_id, t.kind, count(*) AS entries, sum(e.amount_sats) AS amount_sats
    FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id WHERE e.transaction_id > $1 GROUP BY 1, 2) n
  USING (account_id, kind)`

/** Moves the mark from where a check has begun to where it has ended, unless another has moved it meanwhile. */
export function moveMark(
  pool: pg.Pool,
  from: LedgerMark | undefined,
  end: LedgerEnd,
  { isWhole, nowMs }: { readonly isWhole: boolean; readonly nowMs: number },
): Promise<void> {
  return inTransaction(pool, async (client) => {
    await client.query('LOCK TABLE ledger_mark IN SHARE ROW EXCLUSIVE MODE')
    const now = await readMark(client)
    if (now?.transactionId !== from?.transactionId) return
    await client.query(MOVE, [end.transactionId, end.blockHeight, end.fppsPosition, new Date(nowMs), isWhole])
    if (isWhole) {
      await client.query('DELETE FROM ledger_mark_total')
      await client.query(TAKE_ALL, [end.transactionId])
    } else await client.query(ADD_NEW, [from!.transactionId, end.transactionId])
  })
}
