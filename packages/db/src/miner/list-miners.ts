import { SUMS_SQL, sumOfRow, type WorkSpan, type WorkSum, type WorkSumRow } from '../pool/work-sum.js'
import type { Queryable } from '../transaction.js'

/** By what a list of miners is ordered, the largest first. */
export const MINER_ORDERS = ['hashrate', 'rejects', 'last-share'] as const
export type MinerOrder = (typeof MINER_ORDERS)[number]

export interface MinerSearch {
  /** What stands in an address, a pseudonym, a worker's name or label; empty: all. */
  readonly text: string
  /** These are meant, too. */
  readonly addresses: readonly string[]
  readonly order: MinerOrder
  /** Only those behind this place. */
  readonly after: { readonly rank: bigint; readonly minerId: number } | undefined
}

export interface ListedMiner extends WorkSum {
  readonly minerId: number
  readonly address: string
  readonly isUnlisted: boolean
  readonly firstSeenAtMs: number
  readonly lastShareAtMs: number | undefined
  readonly workerCount: number
  /** Since the hour began in which the span does. */
  readonly acceptedCount: number
  readonly rejectedCount: number
  readonly rank: bigint
}

interface MinerRow extends WorkSumRow {
  readonly id: number
  readonly address: string
  readonly is_unlisted: boolean
  readonly first_seen_at: Date
  readonly last_share_at: Date | null
  readonly worker_count: string
  readonly accepted: string
  readonly rejected: string
  readonly rank: string
}

const RANKS: Readonly<Record<MinerOrder, string>> = {
  hashrate: 'COALESCE(recent.work, 0)',
  rejects: 'COALESCE(recent.rejected, 0)',
  'last-share': 'COALESCE(floor(extract(epoch FROM miner.last_share_at) * 1000), 0)',
}

/** Ranks are told by hours, of which there are few rows; only of those on the page are the minutes read. */
const list = (rank: string): string => `
  SELECT page.*, own.work, own.share_count, own.work_squared,
    (SELECT count(*) FROM worker WHERE worker.miner_id = page.id) AS worker_count
  FROM (
    SELECT * FROM (
      SELECT miner.id, miner.address, miner.is_unlisted, miner.first_seen_at, miner.last_share_at,
        COALESCE(recent.accepted, 0) AS accepted, COALESCE(recent.rejected, 0) AS rejected, ${rank} AS rank
      FROM miner LEFT JOIN (
        SELECT miner_id, sum(work) FILTER (WHERE outcome = 'accepted') AS work,
          sum(count) FILTER (WHERE outcome = 'accepted') AS accepted,
          sum(count) FILTER (WHERE outcome <> 'accepted') AS rejected
        FROM miner_rollup
        WHERE resolution = 'hour' AND starts_at >= date_trunc('hour', $2::timestamptz, 'UTC') AND starts_at < $3
        GROUP BY miner_id) AS recent ON recent.miner_id = miner.id
      WHERE $4 = '' OR miner.address = ANY($5) OR position($4 IN lower(miner.address)) > 0
        OR position($4 IN lower(COALESCE(miner.pseudonym, ''))) > 0
        OR EXISTS (SELECT FROM worker WHERE worker.miner_id = miner.id
          AND (position($4 IN lower(worker.name)) > 0 OR position($4 IN lower(COALESCE(worker.label, ''))) > 0))
    ) AS found
    WHERE $6::numeric IS NULL OR rank < $6 OR (rank = $6 AND id > $7)
    ORDER BY rank DESC, id LIMIT $8) AS page
  CROSS JOIN LATERAL (
    SELECT ${SUMS_SQL} FROM miner_rollup
    WHERE miner_id = page.id AND resolution = $1::resolution AND starts_at >= $2 AND starts_at < $3
      AND outcome = 'accepted') AS own
  ORDER BY rank DESC, id`

/** Miners, listed ones and others, with their work in a span; for operators alone. */
export async function listMiners(
  db: Queryable,
  { text, addresses, order, after }: MinerSearch,
  span: WorkSpan,
  limit: number,
): Promise<ListedMiner[]> {
  const { rows } = await db.query<MinerRow>(list(RANKS[order]), [
    span.resolution,
    new Date(span.startsAtMs),
    new Date(span.endsAtMs),
    text.toLowerCase(),
    addresses,
    after?.rank ?? null,
    after?.minerId ?? null,
    limit,
  ])
  return rows.map((row) => ({
    minerId: row.id,
    address: row.address,
    isUnlisted: row.is_unlisted,
    firstSeenAtMs: row.first_seen_at.getTime(),
    lastShareAtMs: row.last_share_at?.getTime(),
    workerCount: Number(row.worker_count),
    acceptedCount: Number(row.accepted),
    rejectedCount: Number(row.rejected),
    rank: BigInt(row.rank),
    ...sumOfRow(row),
  }))
}
