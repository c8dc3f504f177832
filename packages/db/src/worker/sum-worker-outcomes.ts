import { bigintOfNumeric } from '../numeric.js'
import { SQUARES_SQL, type WorkSpan, type WorkSum } from '../pool/work-sum.js'
import type { Queryable } from '../transaction.js'

/** What became of a worker's submissions in a span. */
export interface WorkerOutcomes {
  readonly accepted: WorkSum & { readonly score: bigint }
  /** `RejectReason` -> count. */
  readonly rejects: Readonly<Record<string, number>>
}

interface OutcomeRow {
  readonly outcome: string
  readonly count: string
  readonly work: string
  readonly work_squared: string
  readonly score: string
}

/** Reads one range of the primary key. */
export async function sumWorkerOutcomes(
  db: Queryable,
  workerId: number,
  span: WorkSpan,
): Promise<WorkerOutcomes> {
  const { rows } = await db.query<OutcomeRow>(
    `SELECT outcome, sum(count) AS count, sum(work) AS work, sum(${SQUARES_SQL}) AS work_squared, sum(score) AS score
     FROM worker_rollup WHERE worker_id = $1 AND resolution = $2::resolution AND starts_at >= $3 AND starts_at < $4
     GROUP BY outcome`,
    [workerId, span.resolution, new Date(span.startsAtMs), new Date(span.endsAtMs)],
  )
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
