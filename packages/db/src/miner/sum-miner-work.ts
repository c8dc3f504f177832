import { SUMS_SQL, sumOfRow, type WorkSpan, type WorkSum, type WorkSumRow } from '../pool/work-sum.js'
import type { Queryable } from '../transaction.js'

/** Accepted work of one miner. Reads one range of the primary key. */
export async function sumMinerWork(db: Queryable, minerId: number, span: WorkSpan): Promise<WorkSum> {
  const { rows } = await db.query<WorkSumRow>(
    `SELECT ${SUMS_SQL}
     FROM miner_rollup
     WHERE miner_id = $1 AND resolution = $2::resolution AND starts_at >= $3 AND starts_at < $4
       AND outcome = 'accepted'`,
    [minerId, span.resolution, new Date(span.startsAtMs), new Date(span.endsAtMs)],
  )
  return sumOfRow(rows[0]!)
}
