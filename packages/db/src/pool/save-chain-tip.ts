import type { Queryable } from '../transaction.js'

/** Remembers the best block, and when it was first seen as that. */
export async function saveChainTip(
  db: Queryable,
  hash: string,
  height: number,
  nowMs: number,
): Promise<void> {
  await db.query(
    `INSERT INTO chain_tip (id, hash, height, seen_at) VALUES (1, $1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, height = excluded.height, seen_at = excluded.seen_at
     WHERE chain_tip.hash <> excluded.hash`,
    [hash, height, new Date(nowMs)],
  )
}
