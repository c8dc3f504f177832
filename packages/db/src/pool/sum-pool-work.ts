import type { Queryable } from '../transaction.js'
import { SUMS_SQL, sumOfRow, type WorkSpan, type WorkSum, type WorkSumRow } from './work-sum.js'

/** Accepted work of the whole pool. Reads one range of the primary key. */
export async function sumPoolWork(db: Queryable, span: WorkSpan): Promise<WorkSum> {
  const { rows } = await db.query<WorkSumRow>(
    `SELECT ${SUMS_SQL}
     FROM pool_rollup
     WHERE resolution = $1::resolution AND starts_at >= $2 AND starts_at < $3 AND outcome = 'accepted'`,
    [span.resolution, new Date(span.startsAtMs), new Date(span.endsAtMs)],
  )
  return sumOfRow(rows[0]!)
}
