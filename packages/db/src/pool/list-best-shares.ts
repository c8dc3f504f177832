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
}

/** Shares of a period that are looked at for one of each miner: a farm may have as many of the best. */
const LOOKED_AT = 2_000

/** Each period is a short range of the index: days that are given, or the one row of `ever`. */
const LIST = `
  SELECT ${SHOWN_NAME} AS address, difficulty, hash, height, nbits, accepted_at
  FROM (
    SELECT DISTINCT ON (worker.miner_id) worker.miner_id, best.*
    FROM unnest($2::timestamptz[]) AS part (starts_at)
    CROSS JOIN LATERAL (
      SELECT worker_id, difficulty, hash, height, nbits, accepted_at FROM best_share
      WHERE period = $1::best_period AND best_share.starts_at = part.starts_at
      ORDER BY difficulty DESC LIMIT ${LOOKED_AT}) AS best
    JOIN worker ON worker.id = best.worker_id
    ORDER BY worker.miner_id, best.difficulty DESC, best.accepted_at) AS of_miner
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
  const { rows } = await db.query<BestShareRow>(LIST, [daysMs === 'ever' ? 'ever' : 'day', startsAt, limit])
  return rows.map(({ accepted_at, ...row }) => ({ ...row, acceptedAtMs: accepted_at.getTime() }))
}
