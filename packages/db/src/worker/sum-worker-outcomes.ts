import { bigintOfNumeric } from '../numeric.js'
import { spanColumns, SPANS_SQL, SQUARES_SQL, type WorkSpan, type WorkSum } from '../pool/work-sum.js'
import type { Queryable } from '../transaction.js'

/** What became of a worker's submissions in a span. */
export interface WorkerOutcomes {
  readonly accepted: WorkSum & { readonly score: bigint }
  /** `RejectReason` -> count. */
  readonly rejects: Readonly<Record<string, number>>
}

interface OutcomeRow {
  /** Which of the spans. */
  readonly span: number
  readonly outcome: string
  readonly count: string
  readonly work: string
  readonly work_squared: string
  readonly score: string
}

/** What became of a worker's submissions in each of these spans. Reads a range of the primary key for each. */
export async function sumWorkerOutcomes(
  db: Queryable,
  workerId: number,
  spans: readonly WorkSpan[],
): Promise<WorkerOutcomes[]> {
  const { rows } = await db.query<OutcomeRow>(
    `SELECT span.nth::int - 1 AS span, total.* FROM ${SPANS_SQL}
     CROSS JOIN LATERAL (
       SELECT outcome, sum(count) AS count, sum(work) AS work, sum(${SQUARES_SQL}) AS work_squared,
              sum(score) AS score
       FROM worker_rollup AS of_worker
       WHERE of_worker.worker_id = $1 AND of_worker.resolution = span.resolution
         AND of_worker.starts_at >= span.starts_at AND of_worker.starts_at < span.ends_at
       GROUP BY outcome) AS total`,
    [workerId, ...spanColumns(spans)],
  )
  return spans.map((_, nth) => outcomesOf(rows.filter(({ span }) => span === nth)))
}

function outcomesOf(rows: readonly OutcomeRow[]): WorkerOutcomes {
  const accepted = rows.find(({ outcome }) => outcome === 'accepted')
  return {
    accepted: {
      work: bigintOfNumeric(accepted?.work ?? '0'),
      shareCount: Number(accepted?.count ?? 0),
      workSquared: bigintOfNumeric(accepted?.work_squared ?? '0'),
      score: bigintOfNumeric(accepted?.score ?? '0'),
    },
    rejects: Object.fromEntries(
      rows.filter((row) => row !== accepted).map(({ outcome, count }) => [outcome, Number(count)]),
    ),
  }
}
