import { createHash, type Hash } from 'node:crypto'
import type { Queryable } from '../transaction.js'
import type { Compared, Kept } from './compared.js'

/** The rows of one side. */
export interface ComparedSide {
  readonly rows: number
  /** SHA-256 over all rows as text, a line each. */
  readonly digest: string
}

export interface Comparison {
  readonly what: string
  readonly live: ComparedSide
  readonly rebuilt: ComparedSide
  /** The first row that is not the same; `undefined` on the side that has none. */
  readonly firstDifference:
    | { readonly row: number; readonly live: string | undefined; readonly rebuilt: string | undefined }
    | undefined
}

const ROWS_PER_FETCH = 5_000

/** Up to where the database still has what it derived. */
export async function readKept(db: Queryable): Promise<Kept> {
  const { rows } = await db.query<{ pruned: string; minutes: Date | null; hours: Date | null }>(
    `SELECT pruned_position AS pruned,
       (SELECT min(starts_at) FROM pool_rollup WHERE resolution = 'minute') AS minutes,
       (SELECT min(starts_at) FROM pool_rollup WHERE resolution = 'hour') AS hours
     FROM journal_head WHERE id = 1`,
  )
  const { pruned, minutes, hours } = rows[0]!
  const forever = new Date(0)
  return { prunedPosition: BigInt(pruned), minutesSince: minutes ?? forever, hoursSince: hours ?? forever }
}

/** Compares the same rows of two databases, of which neither is ever held as a whole. Both are inside a transaction. */
export async function compareRows(
  live: Queryable,
  rebuilt: Queryable,
  { what, sql, values }: Compared,
  kept: Kept,
): Promise<Comparison> {
  const [ours, theirs] = [new Side(live), new Side(rebuilt)]
  for (const side of [ours, theirs]) await side.open(sql, values(kept))
  let firstDifference: Comparison['firstDifference']
  for (let row = 1; ; row++) {
    const [a, b] = [await ours.next(), await theirs.next()]
    if (a === undefined && b === undefined) break
    if (a !== b) firstDifference ??= { row, live: a, rebuilt: b }
  }
  return { what, live: await ours.close(), rebuilt: await theirs.close(), firstDifference }
}

/** A cursor through the rows of one side, as text. */
class Side {
  readonly #db: Queryable
  readonly #hash: Hash = createHash('sha256')
  #page: readonly string[] = []
  #at = 0
  #rows = 0
  #isAtEnd = false

  constructor(db: Queryable) {
    this.#db = db
  }

  async open(sql: string, values: readonly unknown[]): Promise<void> {
    await this.#db.query(`DECLARE compared NO SCROLL CURSOR FOR SELECT q::text AS row FROM (${sql}) q`, [
      ...values,
    ])
  }

  async next(): Promise<string | undefined> {
    if (this.#at === this.#page.length) await this.#fetch()
    const row = this.#page[this.#at]
    if (row === undefined) return undefined
    this.#at++
    this.#rows++
    this.#hash.update(row).update('\n')
    return row
  }

  async close(): Promise<ComparedSide> {
    await this.#db.query('CLOSE compared')
    return { rows: this.#rows, digest: this.#hash.digest('hex') }
  }

  async #fetch(): Promise<void> {
    if (this.#isAtEnd) return
    const { rows } = await this.#db.query<{ row: string }>(`FETCH ${ROWS_PER_FETCH} FROM compared`)
    this.#page = rows.map(({ row }) => row)
    this.#at = 0
    this.#isAtEnd = rows.length < ROWS_PER_FETCH
  }
}
