import type { NodeAnswer } from '@headframe/core/block/candidate'
import type { Queryable } from '../transaction.js'

/** Something that a node has said of a block, however often. */
export type DistinctAnswer = Pick<NodeAnswer, 'node' | 'call' | 'result'>

interface AnswerRow extends DistinctAnswer {
  readonly block_hash: string
}

/**
 * What the nodes have said of each of these blocks, the same words once, in the order in which they were last said.
 * A block that no node has answered is not in it. A node that is away says so again and again: it is one row here.
 */
export async function listNodeAnswers(
  db: Queryable,
  blockHashes: readonly string[],
): Promise<Map<string, DistinctAnswer[]>> {
  const { rows } = await db.query<AnswerRow>(
    `SELECT block_hash, node, call, result FROM block_answer WHERE block_hash = ANY ($1::text[])
     GROUP BY block_hash, node, call, result ORDER BY max(answered_at), node, call`,
    [blockHashes],
  )
  const answers = new Map<string, DistinctAnswer[]>()
  for (const { block_hash: hash, ...answer } of rows) {
    const known = answers.get(hash)
    if (known === undefined) answers.set(hash, [answer])
    else known.push(answer)
  }
  return answers
}
