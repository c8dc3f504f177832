import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'
import { addWindowSums } from '../window/add-window-sums.js'

/** Segments of one database transaction: what bounds its time and the work that is repeated after a crash. */
const MAX_SEGMENTS_PER_RUN = 500n

export interface RollupProgress {
  /** Segments up to here are in the rollups. */
  readonly position: bigint
  /** The journal goes on behind it: there is more to do at once. */
  readonly isBehind: boolean
}

/**
 * Adds the next segments to the rollups and moves their cursor, in one transaction: each segment counts once however
 * often, and from however many processes, this is called.
 */
export async function rollUpSegments(
  db: Pick<Database, 'pool'>,
  maxSegments = MAX_SEGMENTS_PER_RUN,
): Promise<RollupProgress> {
  return inTransaction(db.pool, async (client) => {
    const { cursor, head } = await lockCursor(client)
    const position = head - cursor > maxSegments ? cursor + maxSegments : head
    if (position > cursor) await addSegments(client, cursor, position)
    return { position, isBehind: position < head }
  })
}

export async function lockCursor(db: Queryable): Promise<{ cursor: bigint; head: bigint }> {
  const { rows: cursors } = await db.query<{ position: string }>(
    'SELECT position FROM rollup_cursor WHERE id = 1 FOR UPDATE',
  )
  // Read behind the lock, and never before it: the head may only be newer than the cursor.
  const { rows: heads } = await db.query<{ position: string }>(
    'SELECT position FROM journal_head WHERE id = 1',
  )
  return { cursor: BigInt(cursors[0]!.position), head: BigInt(heads[0]!.position) }
}

const SUBJECTS = [
  { table: 'pool_rollup', key: '' },
  { table: 'miner_rollup', key: 'miner_id, ' },
  { table: 'worker_rollup', key: 'worker_id, ' },
] as const

/**
 * Adds segments `(after, upTo]`, whose sums must all be there, to every rollup and to what windows are made of, and leaves
 * the cursor at `upTo`.
 */
export async function addSegments(db: Queryable, after: bigint, upTo: bigint): Promise<void> {
  for (const { table, key } of SUBJECTS) {
    await db.query(
      `INSERT INTO ${table} AS known (${key}resolution, starts_at, outcome, count, work, score, work_squared)
       SELECT ${key}bucket.resolution, bucket.starts_at, outcome, sum(count), sum(work), sum(score), sum(work_squared)
       FROM (
         SELECT worker_id, minute, 'accepted' AS outcome, share_count AS count, work, score,
           div(work * work, share_count) AS work_squared
         FROM segment_sum WHERE position > $1 AND position <= $2
         UNION ALL
         SELECT worker_id, minute, reason, count, 0, 0, 0
         FROM segment_reject WHERE position > $1 AND position <= $2
       ) part
       JOIN (SELECT id AS worker_id, miner_id FROM worker) owner USING (worker_id)
       CROSS JOIN LATERAL (VALUES
         ('minute'::resolution, minute),
         ('quarter_hour', date_bin('15 minutes', minute, 'epoch')),
         ('hour', date_trunc('hour', minute, 'UTC')),
         ('day', date_trunc('day', minute, 'UTC'))) AS bucket (resolution, starts_at)
       GROUP BY ${key}bucket.resolution, bucket.starts_at, outcome
       ON CONFLICT (${key}resolution, starts_at, outcome) DO UPDATE SET
         count = known.count + excluded.count, work = known.work + excluded.work, score = known.score + excluded.score,
         work_squared = known.work_squared + excluded.work_squared`,
      [after, upTo],
    )
  }
  await addWindowSums(db, after, upTo)
  await db.query('UPDATE rollup_cursor SET position = $1 WHERE id = 1', [upTo])
}
