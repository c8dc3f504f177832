import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'
import { pruneWindowSums } from '../window/add-window-sums.js'

export interface SegmentRetention {
  /** Segments sealed before may go. */
  readonly sealedBeforeMs: number
  /** Score of PPLNS shares, counted back from the end of the journal and from each block that is not settled, that stays. */
  readonly keepScore: bigint
}

/** Segments of one transaction. */
const MAX_SEGMENTS_PER_RUN = 1000n

/**
 * Drops the bytes and sums of old segments; their rows stay, and with them the chain of hashes and the totals.
 * What a window may still reach, and what is not rolled up, not paid or not published, is never touched. Returns how many
 * segments were pruned: call again while it is not 0.
 */
export async function pruneSegments(
  db: Pick<Database, 'pool'>,
  retention: SegmentRetention,
): Promise<number> {
  return inTransaction(db.pool, async (client) => {
    const { rows } = await client.query<{ pruned: string }>(
      'SELECT pruned_position AS pruned FROM journal_head WHERE id = 1 FOR UPDATE',
    )
    const pruned = BigInt(rows[0]!.pruned)
    const last = await findLast(client, retention, pruned)
    if (last <= pruned) return 0
    for (const sql of [
      'UPDATE segment SET payload = NULL WHERE position > $1 AND position <= $2',
      'DELETE FROM segment_sum WHERE position > $1 AND position <= $2',
      'DELETE FROM segment_reject WHERE position > $1 AND position <= $2',
      // Whole epochs: half of one could not be read.
      `UPDATE public_segment SET payload = NULL
       WHERE epoch IN (SELECT epoch FROM public_epoch WHERE last_position > $1 AND last_position <= $2)`,
    ]) {
      await client.query(sql, [pruned, last])
    }
    await pruneWindowSums(client, last)
    await client.query('UPDATE journal_head SET pruned_position = $1 WHERE id = 1', [last])
    return Number(last - pruned)
  })
}

/** The last position that may be pruned in this run. */
async function findLast(db: Queryable, retention: SegmentRetention, pruned: bigint): Promise<bigint> {
  const { rows } = await db.query<{ last: string }>(
    `SELECT least(
       (SELECT coalesce(max(position), 0) FROM segment WHERE position <= $3 AND sealed_at < $1),
       (SELECT position FROM rollup_cursor WHERE id = 1),
       (SELECT min(position) - 1 FROM segment_sum
        WHERE mode = 'fpps' AND position > (SELECT position FROM fpps_cursor WHERE id = 1)),
       (SELECT max(last_position) FROM public_epoch),
       (SELECT min(first_kept) - 1 FROM (${FIRST_KEPT}) kept)) AS last`,
    [new Date(retention.sealedBeforeMs), retention.keepScore, pruned + MAX_SEGMENTS_PER_RUN],
  )
  return BigInt(rows[0]!.last)
}

/**
 * The segment in which each window begins: one that ended now, and that of each block without a split, unless the
 * block is so old that it cannot come onto the best chain any more. A window that reaches behind the first segment
 * keeps everything.
 */
const FIRST_KEPT = `
  SELECT coalesce((SELECT position FROM segment WHERE pplns_score_before <= window_end.score - $2
                   ORDER BY pplns_score_before DESC, position DESC LIMIT 1), 1) AS first_kept
  FROM (
    SELECT pplns_score AS score FROM journal_head
    UNION ALL
    SELECT segment.pplns_score_before FROM block JOIN segment ON segment.position = block.window_end_position
    WHERE NOT EXISTS (SELECT FROM settlement WHERE settlement.block_hash = block.hash)
      AND (block.status IN ('immature', 'mature') OR block.found_at >= $1)
  ) window_end`
