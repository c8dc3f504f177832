import type { SubmitAnswer } from '@headframe/core/block/candidate'
import type { Queryable } from '../transaction.js'

/**
 * Adds what a node answered to a block that is recorded; the same answer again changes nothing. Returns
 * `no-block` when the block is not there: its candidate has to be recorded first.
 */
export async function recordAnswer(
  db: { readonly pool: Queryable },
  hash: string,
  answer: SubmitAnswer,
): Promise<'recorded' | 'already' | 'no-block'> {
  const { rows } = await db.pool.query<{ is_new: boolean }>(
    `WITH known AS (SELECT hash, NOT answers @> $2::jsonb AS is_new FROM block WHERE hash = $1 FOR UPDATE),
       added AS (UPDATE block b SET answers = b.answers || $2::jsonb FROM known
                 WHERE b.hash = known.hash AND known.is_new)
     SELECT is_new FROM known`,
    [hash, JSON.stringify([answer])],
  )
  if (rows[0] === undefined) return 'no-block'
  return rows[0].is_new ? 'recorded' : 'already'
}
