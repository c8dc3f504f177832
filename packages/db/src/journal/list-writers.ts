import type { Queryable } from '../transaction.js'

/** How far the chain of a writer has arrived. */
export interface ArrivedChain {
  readonly writerId: string
  readonly segments: bigint
  readonly shares: bigint
  readonly arrivedAtMs: number
}

/** Those that something has arrived of last, first. */
export async function listWriters(db: Queryable, limit: number): Promise<ArrivedChain[]> {
  const { rows } = await db.query<{
    writer_id: string
    next_segment_seq: string
    next_share_seq: string
    updated_at: Date
  }>(
    `SELECT writer_id, next_segment_seq, next_share_seq, updated_at FROM writer
     ORDER BY updated_at DESC, writer_id LIMIT $1`,
    [limit],
  )
  return rows.map((row) => ({
    writerId: row.writer_id,
    segments: BigInt(row.next_segment_seq),
    shares: BigInt(row.next_share_seq),
    arrivedAtMs: row.updated_at.getTime(),
  }))
}
