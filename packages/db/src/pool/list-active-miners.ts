import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'
import type { WorkSpan, WorkSum, WorkSumRow } from './work-sum.js'

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

/** The miners with the most accepted work in a span, the largest first, at most `limit` of them. */
export async function listActiveMiners(db: Queryable, span: WorkSpan, limit: number): Promise<ActiveMiner[]> {
  const { rows } = await db.query<ActiveMinerRow>(
    `SELECT address, first_seen_at, last_share_at, work, share_count
     FROM (SELECT miner_id, sum(work) AS work, sum(count) AS share_count
           FROM miner_rollup
           WHERE resolution = $1::resolution AND starts_at >= $2 AND starts_at < $3 AND outcome = 'accepted'
           GROUP BY miner_id ORDER BY sum(work) DESC, miner_id LIMIT $4) AS top
     JOIN miner ON miner.id = top.miner_id
     ORDER BY work DESC, miner.id`,
    [span.resolution, new Date(span.startsAtMs), new Date(span.endsAtMs), limit],
  )
  return rows.map((row) => ({
    address: row.address,
    firstSeenAtMs: row.first_seen_at.getTime(),
    lastShareAtMs: row.last_share_at?.getTime(),
    work: bigintOfNumeric(row.work),
    shareCount: Number(row.share_count),
  }))
}
