import {
  spanColumns,
  SPANS_SQL,
  SUMS_SQL,
  sumOfRow,
  type WorkSpan,
  type WorkSum,
  type WorkSumRow,
} from '../pool/work-sum.js'
import type { Queryable } from '../transaction.js'

/** Accepted work of one miner in each of these spans. Reads a range of the primary key for each. */
export async function sumMinerWork(
  db: Queryable,
  minerId: number,
  spans: readonly WorkSpan[],
): Promise<WorkSum[]> {
  const { rows } = await db.query<WorkSumRow>(
    `SELECT total.* FROM ${SPANS_SQL}
     CROSS JOIN LATERAL (
       SELECT ${SUMS_SQL} FROM miner_rollup AS of_miner
       WHERE of_miner.miner_id = $1 AND of_miner.resolution = span.resolution
         AND of_miner.starts_at >= span.starts_at AND of_miner.starts_at < span.ends_at
         AND of_miner.outcome = 'accepted') AS total
     ORDER BY span.nth`,
    [minerId, ...spanColumns(spans)],
  )
  return rows.map(sumOfRow)
}
