import type { NodeAnswer } from '@headframe/core/block/candidate'
import type { Queryable } from '../transaction.js'

interface AnswerRow {
  readonly node: string
  readonly call: NodeAnswer['call']
  readonly answered_at: Date
  readonly result: string | null
  readonly took_ms: number
}

/** The most that are shown of one block: a node has one or two. */
const MAX_ANSWERS = 100

/** What the nodes said of a block, in the order in which they did. */
export async function listAnswers(db: Queryable, blockHash: string): Promise<NodeAnswer[]> {
  const { rows } = await db.query<AnswerRow>(
    `SELECT node, call, answered_at, result, took_ms FROM block_answer
     WHERE block_hash = $1 ORDER BY answered_at, node, call LIMIT ${MAX_ANSWERS}`,
    [blockHash],
  )
  return rows.map((row) => ({
    node: row.node,
    call: row.call,
    result: row.result,
    answeredAtMs: row.answered_at.getTime(),
    tookMs: row.took_ms,
  }))
}
