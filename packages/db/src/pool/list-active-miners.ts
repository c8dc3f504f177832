import { SHOWN_NAME } from '../miner/shown-name.js'
import type { Queryable } from '../transaction.js'
import { SUMS_SQL, sumOfRow, type WorkSpan, type WorkSum, type WorkSumRow } from './work-sum.js'

export interface ActiveMiner extends WorkSum {
  readonly address: string
  readonly firstSeenAtMs: number
  readonly lastShareAtMs: number | undefined
}

interface ActiveMinerRow extends WorkSumRow {
  readonly address: string
  readonly first_seen_at: Date
  readonly last_share_at: Date | null
}

/**
 * Who comes into question is told by the hours that a span touches, of which there are few rows; only of twice as many
 * as are wanted are the minutes read. Of 10,000 miners that is a tenth of the rows.
 */
const LIST = `
  SELECT ${SHOWN_NAME} AS address, first_seen_at, last_share_at, work, share_count, work_squared
  FROM (SELECT miner_id FROM miner_rollup
        WHERE resolution = 'hour' AND starts_at >= date_trunc('hour', $2::timestamptz, 'UTC') AND starts_at < $3
          AND outcome = 'accepted'
        GROUP BY miner_id ORDER BY sum(work) DESC, miner_id LIMIT 2 * $4::int) AS candidate
  JOIN miner ON miner.id = candidate.miner_id
  CROSS JOIN LATERAL (
    SELECT ${SUMS_SQL} FROM miner_rollup
    WHERE miner_id = candidate.miner_id AND resolution = $1::resolution AND starts_at >= $2 AND starts_at < $3
      AND outcome = 'accepted') AS own
  WHERE share_count > 0
  ORDER BY work DESC, miner.id
  LIMIT $4`

/** The miners with the most accepted work in a span, the largest first, at most `limit` of them. */
export async function listActiveMiners(db: Queryable, span: WorkSpan, limit: number): Promise<ActiveMiner[]> {
  const { rows } = await db.query<ActiveMinerRow>(LIST, [
    span.resolution,
    new Date(span.startsAtMs),
    new Date(span.endsAtMs),
    limit,
  ])
  return rows.map((row) => ({
    address: row.address,
    firstSeenAtMs: row.first_seen_at.getTime(),
    lastShareAtMs: row.last_share_at?.getTime(),
    ...sumOfRow(row),
  }))
}
