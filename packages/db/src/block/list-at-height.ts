import type { Queryable } from '../transaction.js'

/** Hashes of the pool's blocks at a height, those that still have their place first. */
export async function listAtHeight(db: Queryable, height: number): Promise<string[]> {
  const { rows } = await db.query<{ hash: string }>(
    `SELECT hash FROM block WHERE height = $1 ORDER BY status = 'stale', found_at`,
    [height],
  )
  return rows.map(({ hash }) => hash)
}
