import type { FoundAt } from '../window/find-window-end.js'
import type { Queryable } from '../transaction.js'

export interface UnplacedBlock extends FoundAt {
  readonly hash: string
}

interface UnplacedRow {
  readonly hash: string
  readonly writer_id: string
  readonly incarnation: number
  readonly window_end_share_seq: string
  readonly found_at: Date
}

/** Blocks whose place in the order of shares is not known yet, the oldest first. */
export async function listUnplacedBlocks(db: Queryable): Promise<UnplacedBlock[]> {
  const { rows } = await db.query<UnplacedRow>(
    `SELECT hash, writer_id, incarnation, window_end_share_seq, found_at FROM block
     WHERE window_end_position IS NULL ORDER BY found_at, hash`,
  )
  return rows.map((row) => ({
    hash: row.hash,
    writerId: row.writer_id,
    incarnation: row.incarnation,
    windowEndShareSeq: BigInt(row.window_end_share_seq),
    foundAtMs: row.found_at.getTime(),
  }))
}
