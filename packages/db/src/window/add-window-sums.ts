import type { Queryable } from '../transaction.js'
import { belowOf, stretchesUpTo, WINDOW_LEVELS } from './window-levels.js'

const ADD_FIRST = `
  INSERT INTO window_sum (level, stretch, miner_id, score)
  SELECT $1::smallint, position >> 5, miner_id, sum(score) FROM segment_sum JOIN worker ON worker.id = worker_id
  WHERE mode = 'pplns' AND position >= $2 AND position < $3 GROUP BY position >> 5, miner_id`

const ADD_NEXT = `
  INSERT INTO window_sum (level, stretch, miner_id, score)
  SELECT $1::smallint, stretch >> 5, miner_id, sum(score) FROM window_sum
  WHERE level = $1::smallint - 1 AND stretch >= $2 AND stretch < $3 GROUP BY stretch >> 5, miner_id`

/** Sums the stretches that have become whole with segments `(after, upTo]`; the caller moves the cursor of the rollups. */
export async function addWindowSums(db: Queryable, after: bigint, upTo: bigint): Promise<void> {
  for (const level of WINDOW_LEVELS) {
    const [from, to] = [stretchesUpTo(level, after), stretchesUpTo(level, upTo)]
    if (from < to) await db.query(level === 1 ? ADD_FIRST : ADD_NEXT, [level, belowOf(from), belowOf(to)])
  }
}

/** Removes the sums of stretches that lie wholly in segments up to `last`. */
export async function pruneWindowSums(db: Queryable, last: bigint): Promise<void> {
  for (const level of WINDOW_LEVELS) {
    await db.query('DELETE FROM window_sum WHERE level = $1 AND stretch < $2', [
      level,
      stretchesUpTo(level, last),
    ])
  }
}
