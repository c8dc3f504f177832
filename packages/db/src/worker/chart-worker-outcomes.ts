import { bigintOfNumeric } from '../numeric.js'
import { BUCKET_SQL, chartParameters, type WorkChart } from '../pool/work-sum.js'
import type { Queryable } from '../transaction.js'

/** What became of a worker's submissions in a bucket of time. */
export interface OutcomeBucket {
  readonly startsAtMs: number
  /** "accepted" or a `RejectReason`. */
  readonly outcome: string
  readonly count: number
  /** Expected hashes; 0 for rejects. */
  readonly work: bigint
}

/** A row a bucket and outcome that occurred, the oldest bucket first. */
export async function chartWorkerOutcomes(
  db: Queryable,
  workerId: number,
  chart: WorkChart,
): Promise<OutcomeBucket[]> {
  const { rows } = await db.query<{ starts_at: Date; outcome: string; count: string; work: string }>(
    `SELECT ${BUCKET_SQL} AS starts_at, outcome, sum(count) AS count, sum(work) AS work
     FROM worker_rollup
     WHERE worker_id = $5 AND resolution = $1::resolution AND starts_at >= $2 AND starts_at < $3
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [...chartParameters(chart), workerId],
  )
  return rows.map(({ starts_at, outcome, count, work }) => ({
    startsAtMs: starts_at.getTime(),
    outcome,
    count: Number(count),
    work: bigintOfNumeric(work),
  }))
}
