import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'
import type { WorkSpan, WorkSum, WorkSumRow } from './work-sum.js'

/** Accepted work of the whole pool. Reads one range of the primary key. */
export async function sumPoolWork(db: Queryable, span: WorkSpan): Promise<WorkSum> {
  const { rows } = await db.query<WorkSumRow>(
    `SELECT COALESCE(sum(work), 0) AS work, COALESCE(sum(count), 0) AS share_count
     FROM pool_rollup
     WHERE resolution = $1::resolution AND starts_at >= $2 AND starts_at < $3 AND outcome = 'accepted'`,
    [span.resolution, new Date(span.startsAtMs), new Date(span.endsAtMs)],
  )
  return { work: bigintOfNumeric(rows[0]?.work ?? '0'), shareCount: Number(rows[0]?.share_count ?? 0) }
}
