import type { BlockStatus } from '../generated/enums.js'
import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'

/** A round that a block has ended. */
export interface EndedRound {
  readonly hash: string
  readonly height: number
  readonly status: BlockStatus
  readonly foundAtMs: number
  /** Units of 2^-96 of a block's expected work. */
  readonly score: bigint
}

export interface Rounds {
  /** The newest ones in the order in which they ended. */
  readonly rounds: readonly EndedRound[]
  /** How many ended before them, and the score of all those together. */
  readonly earlierCount: number
  readonly earlierScore: bigint
}

/** One more than is listed, where the first of them begins. */
const LIST = `
  SELECT hash, height, status, found_at, score_at_find,
         score_at_find - lag(score_at_find, 1, 0::numeric) OVER (ORDER BY score_at_find, hash) AS score
  FROM (SELECT hash, height, status, found_at, score_at_find FROM block
        WHERE score_at_find IS NOT NULL ORDER BY score_at_find DESC, hash DESC LIMIT $1) AS newest
  ORDER BY score_at_find, hash`

interface RoundRow {
  readonly hash: string
  readonly height: number
  readonly status: BlockStatus
  readonly found_at: Date
  readonly score_at_find: string
  readonly score: string
}

/** The newest rounds, at most `limit`: each ended with a block, whatever became of that. */
export async function listRounds(db: Queryable, limit: number): Promise<Rounds> {
  const { rows } = await db.query<RoundRow>(LIST, [limit + 1])
  const { rows: counts } = await db.query<{ count: string }>(
    'SELECT count(*) AS count FROM block WHERE score_at_find IS NOT NULL',
  )
  const listed = rows.length > limit ? rows.slice(1) : rows
  const before = rows.length > limit ? rows[0] : undefined
  return {
    rounds: listed.map((row) => ({
      hash: row.hash,
      height: row.height,
      status: row.status,
      foundAtMs: row.found_at.getTime(),
      score: bigintOfNumeric(row.score),
    })),
    earlierCount: Number(counts[0]!.count) - listed.length,
    earlierScore: before === undefined ? 0n : bigintOfNumeric(before.score_at_find),
  }
}
