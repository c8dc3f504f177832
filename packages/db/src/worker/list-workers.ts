import { bigintOfNumeric } from '../numeric.js'
import type { WorkSpan, WorkSum } from '../pool/work-sum.js'
import type { Queryable } from '../transaction.js'

export interface WorkerActivity {
  readonly workerId: number
  /** Empty when the miner named none. */
  readonly name: string
  readonly firstSeenAtMs: number
  readonly lastShareAtMs: number | undefined
  readonly recent: WorkSum
  readonly day: WorkSum
  /** `RejectReason` -> count, within the day. */
  readonly rejects: Readonly<Record<string, number>>
}

interface WorkerRow {
  readonly id: number
  readonly name: string
  readonly first_seen_at: Date
  readonly last_share_at: Date | null
  readonly recent_work: string
  readonly recent_count: string
  readonly day_work: string
  readonly day_count: string
  readonly rejects: Record<string, number> | null
}

/** Each worker costs two short ranges of the rollups' primary key. */
const LIST = `
  SELECT listed.id, listed.name, listed.first_seen_at, listed.last_share_at,
         recent.work AS recent_work, recent.count AS recent_count,
         day.work AS day_work, day.count AS day_count, day.rejects
  FROM (SELECT id, name, first_seen_at, last_share_at FROM worker WHERE miner_id = $1
        ORDER BY last_share_at DESC NULLS LAST, id LIMIT $2) AS listed
  CROSS JOIN LATERAL (
    SELECT COALESCE(sum(work), 0) AS work, COALESCE(sum(count), 0) AS count
    FROM worker_rollup
    WHERE worker_id = listed.id AND resolution = $3::resolution AND starts_at >= $4 AND starts_at < $5
      AND outcome = 'accepted') AS recent
  CROSS JOIN LATERAL (
    SELECT COALESCE(sum(work), 0) AS work,
           COALESCE(sum(count) FILTER (WHERE outcome = 'accepted'), 0) AS count,
           jsonb_object_agg(outcome, count) FILTER (WHERE outcome <> 'accepted') AS rejects
    FROM (SELECT outcome, sum(work) AS work, sum(count) AS count FROM worker_rollup
          WHERE worker_id = listed.id AND resolution = $6::resolution AND starts_at >= $7 AND starts_at < $8
          GROUP BY outcome) AS by_outcome) AS day
  ORDER BY listed.name, listed.id`

/**
 * A miner's workers by name, with their work in two spans. At most `limit`: those with the newest shares.
 */
export async function listWorkers(
  db: Queryable,
  minerId: number,
  spans: { readonly recent: WorkSpan; readonly day: WorkSpan },
  limit: number,
): Promise<WorkerActivity[]> {
  const parameters = [minerId, limit, ...spanParameters(spans.recent), ...spanParameters(spans.day)]
  const { rows } = await db.query<WorkerRow>(LIST, parameters)
  return rows.map((row) => ({
    workerId: row.id,
    name: row.name,
    firstSeenAtMs: row.first_seen_at.getTime(),
    lastShareAtMs: row.last_share_at?.getTime(),
    recent: { work: bigintOfNumeric(row.recent_work), shareCount: Number(row.recent_count) },
    day: { work: bigintOfNumeric(row.day_work), shareCount: Number(row.day_count) },
    rejects: row.rejects ?? {},
  }))
}

function spanParameters(span: WorkSpan): [string, Date, Date] {
  return [span.resolution, new Date(span.startsAtMs), new Date(span.endsAtMs)]
}
