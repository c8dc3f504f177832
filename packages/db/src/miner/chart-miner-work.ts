import {
  BUCKET_SQL,
  bucketOfRow,
  chartParameters,
  SUMS_SQL,
  type WorkBucket,
  type WorkBucketRow,
  type WorkChart,
} from '../pool/work-sum.js'
import type { Queryable } from '../transaction.js'

/** Accepted work of one miner, bucket by bucket, oldest first. */
export async function chartMinerWork(
  db: Queryable,
  minerId: number,
  chart: WorkChart,
): Promise<WorkBucket[]> {
  const { rows } = await db.query<WorkBucketRow>(
    `SELECT ${BUCKET_SQL} AS starts_at, ${SUMS_SQL}
     FROM miner_rollup
     WHERE miner_id = $5 AND resolution = $1::resolution AND starts_at >= $2 AND starts_at < $3
       AND outcome = 'accepted'
     GROUP BY 1 ORDER BY 1`,
    [...chartParameters(chart), minerId],
  )
  return rows.map(bucketOfRow)
}
