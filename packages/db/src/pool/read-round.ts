import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'

/** The round under way: from the block found last (or the first share) to the end of the journal. */
export interface Round {
  /** Units of 2^-96 of a block's expected work; undefined while the last block's share has not arrived. */
  readonly score: bigint | undefined
  /** The block that began the round, whatever became of it; undefined before the first. */
  readonly lastBlock:
    { readonly hash: string; readonly height: number; readonly foundAtMs: number } | undefined
}

interface RoundRow {
  readonly score: string
  readonly round_starts_at: string
  readonly hash: string | null
  readonly height: number | null
  readonly found_at: Date | null
  readonly has_arrived: boolean
}

/** Blocks of several processes may be written down out of order, so the round starts at the highest score. */
const READ = `
  SELECT head.score, (SELECT COALESCE(max(score_at_find), 0) FROM block) AS round_starts_at,
         last.hash, last.height, last.found_at, last.score_at_find IS NOT NULL AS has_arrived
  FROM journal_head AS head
  LEFT JOIN LATERAL (SELECT hash, height, found_at, score_at_find FROM block
                     ORDER BY found_at DESC, hash DESC LIMIT 1) AS last ON true
  WHERE head.id = 1`

/** Undefined before the first segment has arrived. */
export async function readRound(db: Queryable): Promise<Round | undefined> {
  const { rows } = await db.query<RoundRow>(READ)
  const row = rows[0]
  if (row === undefined) return undefined
  const score = bigintOfNumeric(row.score) - bigintOfNumeric(row.round_starts_at)
  if (row.hash === null || row.height === null || row.found_at === null)
    return { score, lastBlock: undefined }
  return {
    score: row.has_arrived ? score : undefined,
    lastBlock: { hash: row.hash, height: row.height, foundAtMs: row.found_at.getTime() },
  }
}
