import type { WorkSpan } from '../pool/work-sum.js'
import type { Queryable } from '../transaction.js'

export interface OutcomeCount {
  /** "accepted" or a `RejectReason`. */
  readonly outcome: string
  readonly count: number
}

/** What became of a miner's submissions in a span, the most frequent outcome first. */
export async function countOutcomes(db: Queryable, minerId: number, span: WorkSpan): Promise<OutcomeCount[]> {
  const { rows } = await db.query<{ outcome: string; count: string }>(
    `SELECT outcome, sum(count) AS count FROM miner_rollup
     WHERE miner_id = $1 AND resolution = $2::resolution AND starts_at >= $3 AND starts_at < $4
     GROUP BY outcome ORDER BY sum(count) DESC, outcome`,
    [minerId, span.resolution, new Date(span.startsAtMs), new Date(span.endsAtMs)],
  )
  return rows.map((row) => ({ outcome: row.outcome, count: Number(row.count) }))
}
