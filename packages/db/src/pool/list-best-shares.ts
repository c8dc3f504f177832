import { SHOWN_NAME } from '../miner/shown-name.js'
import type { Queryable } from '../transaction.js'

/** A worker's best share, with whose it is. */
export interface PoolBestShare {
  readonly address: string
  /** Of the hash. */
  readonly difficulty: number
  /** Display order, hex. */
  readonly hash: string
  /** Of the block that it would have been. */
  readonly height: number
  readonly nbits: number
  readonly acceptedAtMs: number
}

interface BestShareRow {
  readonly address: string
  readonly difficulty: number
  readonly hash: string
  readonly height: number
  readonly nbits: number
  readonly accepted_at: Date
  readonly unseen: number | null
}

/** Shares of a period that are looked at for one of each miner, and how many when a farm has as many of the best. */
const LOOKED_AT = [200, 2_000] as const

/**
 * Each period is a short range of the index: days that are given, or the one row of `ever`. `unseen` is how good a share may
 * be that was not looked at; null when there is none.
 */
const LIST = `
  WITH looked AS MATERIALIZED (
    SELECT best.* FROM unnest($2::timestamptz[]) AS part (starts_at)
    CROSS JOIN LATERAL (
      SELECT starts_at, worker_id, difficulty, hash, height, nbits, accepted_at FROM best_share
      WHERE period = $1::best_period AND best_share.starts_at = part.starts_at
      ORDER BY difficulty DESC LIMIT $4) AS best)
  SELECT ${SHOWN_NAME} AS address, difficulty, hash, height, nbits, accepted_at,
    (SELECT max(least) FROM (SELECT min(difficulty) AS least FROM looked GROUP BY starts_at HAVING count(*) = $4) AS cut) AS unseen
  FROM (
    SELECT DISTINCT ON (worker.miner_id) worker.miner_id, looked.*
    FROM looked JOIN worker ON worker.id = looked.worker_id
    ORDER BY worker.miner_id, looked.difficulty DESC, looked.accepted_at) AS of_miner
  JOIN miner ON miner.id = of_miner.miner_id
  ORDER BY difficulty DESC, accepted_at
  LIMIT $3`

/** The best share of each miner in UTC days that begin at `daysMs`, or ever; the best first, at most `limit`. */
export async function listBestShares(
  db: Queryable,
  daysMs: readonly number[] | 'ever',
  limit: number,
): Promise<PoolBestShare[]> {
  const startsAt = daysMs === 'ever' ? [new Date(0)] : daysMs.map((ms) => new Date(ms))
  let rows: readonly BestShareRow[] = []
  for (const count of LOOKED_AT) {
    const period = daysMs === 'ever' ? 'ever' : 'day'
    rows = (await db.query<BestShareRow>(LIST, [period, startsAt, limit, count])).rows
    if (isWhole(rows, limit)) break
  }
  return rows.map(({ address, difficulty, hash, height, nbits, accepted_at }) => {
    return { address, difficulty, hash, height, nbits, acceptedAtMs: accepted_at.getTime() }
  })
}

/** Whether no share that was not looked at can be among these. */
function isWhole(rows: readonly BestShareRow[], limit: number): boolean {
  const unseen = rows[0]?.unseen ?? null
  return unseen === null || (rows.length === limit && rows.at(-1)!.difficulty > unseen)
}
