import type { Queryable } from '../transaction.js'

export interface ChainTipSeen {
  /** Display order, hex. */
  readonly hash: string
  readonly height: number
  /** When the block watch saw it first as the tip. */
  readonly seenAtMs: number
}

/** The best block when the block watch last looked; undefined before it has. */
export async function readChainTip(db: Queryable): Promise<ChainTipSeen | undefined> {
  const { rows } = await db.query<{ hash: string; height: number; seen_at: Date }>(
    'SELECT hash, height, seen_at FROM chain_tip WHERE id = 1',
  )
  const row = rows[0]
  return row && { hash: row.hash, height: row.height, seenAtMs: row.seen_at.getTime() }
}
