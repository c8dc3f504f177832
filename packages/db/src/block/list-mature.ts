import type { Queryable } from '../transaction.js'

/** Which of these blocks are mature: nothing can change for them any more. */
export async function listMature(db: Queryable, hashes: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ hash: string }>(
    `SELECT hash FROM block WHERE hash = ANY ($1::text[]) AND booked_status = 'mature'`,
    [hashes],
  )
  return rows.map(({ hash }) => hash)
}
