import type { NodeAnswer } from '@headframe/core/block/candidate'
import type { Queryable } from '../transaction.js'

/**
 * Adds what a node said of a block that is recorded; the same answer again changes nothing. Returns `no-block` when
 * the block is not there: its candidate has to be recorded first.
 */
export async function recordAnswer(
  db: { readonly pool: Queryable },
  hash: string,
  answer: NodeAnswer,
): Promise<'recorded' | 'already' | 'no-block'> {
  const { rows } = await db.pool.query<{ is_known: boolean; is_new: boolean }>(
    `WITH added AS (
       INSERT INTO block_answer (block_hash, node, call, answered_at, result, took_ms)
       SELECT hash, $2, $3, $4, $5, $6 FROM block WHERE hash = $1 ON CONFLICT DO NOTHING RETURNING 1)
     SELECT EXISTS (SELECT FROM block WHERE hash = $1) AS is_known, EXISTS (SELECT FROM added) AS is_new`,
    [hash, answer.node, answer.call, new Date(answer.answeredAtMs), answer.result, answer.tookMs],
  )
  const [row] = rows
  if (row?.is_known !== true) return 'no-block'
  return row.is_new ? 'recorded' : 'already'
}
