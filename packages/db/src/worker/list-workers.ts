import { bigintOfNumeric } from '../numeric.js'
import { SQUARES_SQL, SUMS_SQL, type WorkSpan, type WorkSum } from '../pool/work-sum.js'
import type { Queryable } from '../transaction.js'
import { HIDDEN_WORKER } from './hidden-worker.js'

export interface WorkerActivity {
  readonly workerId: number
  /** Empty when the miner named none. */
  readonly name: string
  /** What its miner calls it; for himself alone. */
  readonly label: string | undefined
  readonly isHidden: boolean
  readonly firstSeenAtMs: number
  readonly lastShareAtMs: number | undefined
  readonly recent: WorkSum
  readonly day: WorkSum & { readonly score: bigint }
  /** Difficulty of the lowest hash ever; undefined before there was one. */
  readonly bestDifficulty: number | undefined
  /** `RejectReason` -> count, within the day. */
  readonly rejects: Readonly<Record<string, number>>
}

interface WorkerRow {
  readonly id: number
  readonly name: string
  readonly label: string | null
  readonly is_hidden: boolean
  readonly first_seen_at: Date
  readonly last_share_at: Date | null
  readonly recent_work: string
  readonly recent_count: string
  readonly recent_squared: string
  readonly day_work: string
  readonly day_count: string
  readonly day_squared: string
  readonly day_score: string
  readonly best_difficulty: number | null
  readonly rejects: Record<string, number> | null
}

/** Each worker costs two short ranges of the rollups' primary key. */
const LIST = `
  SELECT listed.id, listed.name, listed.label, listed.is_hidden, listed.first_seen_at, listed.last_share_at,
         recent.work AS recent_work, recent.share_count AS recent_count, recent.work_squared AS recent_squared,
         day.work AS day_work, day.count AS day_count, day.work_squared AS day_squared, day.score AS day_score,
         day.rejects, best.difficulty AS best_difficulty
  FROM (SELECT id, name, label, ${HIDDEN_WORKER} AS is_hidden, first_seen_at, last_share_at FROM worker
        WHERE miner_id = $1 AND ($9 OR NOT ${HIDDEN_WORKER})
        ORDER BY last_share_at DESC NULLS LAST, id LIMIT $2) AS listed
  CROSS JOIN LATERAL (
    SELECT ${SUMS_SQL}
    FROM worker_rollup
    WHERE worker_id = listed.id AND resolution = $3::resolution AND starts_at >= $4 AND starts_at < $5
      AND outcome = 'accepted') AS recent
  CROSS JOIN LATERAL (
    SELECT COALESCE(sum(work), 0) AS work, COALESCE(sum(work_squared), 0) AS work_squared,
           COALESCE(sum(score), 0) AS score, COALESCE(sum(count) FILTER (WHERE outcome = 'accepted'), 0) AS count,
           jsonb_object_agg(outcome, count) FILTER (WHERE outcome <> 'accepted') AS rejects
    FROM (SELECT outcome, sum(work) AS work, sum(count) AS count, sum(score) AS score,
                 sum(${SQUARES_SQL}) AS work_squared
          FROM worker_rollup
          WHERE worker_id = listed.id AND resolution = $6::resolution AND starts_at >= $7 AND starts_at < $8
          GROUP BY outcome) AS by_outcome) AS day
  LEFT JOIN best_share AS best ON best.worker_id = listed.id AND best.period = 'ever' AND best.starts_at = 'epoch'
  ORDER BY listed.name, listed.id`

/**
 * A miner's workers by name, with their work in two spans. At most `limit`: those with the newest shares. Hidden ones
 * are for whoever they belong to.
 */
export async function listWorkers(
  db: Queryable,
  minerId: number,
  spans: { readonly recent: WorkSpan; readonly day: WorkSpan },
  limit: number,
  withHidden: boolean,
): Promise<WorkerActivity[]> {
  const parameters = [
    minerId,
    limit,
    ...spanParameters(spans.recent),
    ...spanParameters(spans.day),
    withHidden,
  ]
  const { rows } = await db.query<WorkerRow>(LIST, parameters)
  return rows.map((row) => ({
    workerId: row.id,
    name: row.name,
    label: row.label ?? undefined,
    isHidden: row.is_hidden,
    firstSeenAtMs: row.first_seen_at.getTime(),
    lastShareAtMs: row.last_share_at?.getTime(),
    recent: {
      work: bigintOfNumeric(row.recent_work),
      shareCount: Number(row.recent_count),
      workSquared: bigintOfNumeric(row.recent_squared),
    },
    day: {
      work: bigintOfNumeric(row.day_work),
      shareCount: Number(row.day_count),
      workSquared: bigintOfNumeric(row.day_squared),
      score: bigintOfNumeric(row.day_score),
    },
    bestDifficulty: row.best_difficulty ?? undefined,
    rejects: row.rejects ?? {},
  }))
}

function spanParameters(span: WorkSpan): [string, Date, Date] {
  return [span.resolution, new Date(span.startsAtMs), new Date(span.endsAtMs)]
}
