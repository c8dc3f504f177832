import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'

/** What a miner has earned in a UTC day: by blocks that were found then, and by FPPS shares that were paid then. */
export interface DailyEarning {
  readonly dayMs: number
  /** Of blocks that are mature, and of FPPS. */
  readonly maturedSats: bigint
  /** Of the matured: FPPS alone. */
  readonly sharesSats: bigint
  /** Score of the shares that were paid so, units of 2^-96 of a block's expected work. */
  readonly sharesScore: bigint
  /** Of blocks that are not mature yet. */
  readonly immatureSats: bigint
  readonly blockCount: number
}

type DailyRow = Record<'matured' | 'shares' | 'score' | 'immature' | 'blocks', string> & {
  readonly day: Date
}

/** Blocks that lost their place pay nothing. */
const LIST = `
  SELECT day, sum(matured) AS matured, sum(shares) AS shares, sum(score) AS score, sum(immature) AS immature,
    sum(blocks) AS blocks
  FROM (
    SELECT date_trunc('day', block.found_at, 'UTC') AS day,
           CASE WHEN block.status = 'mature' THEN earning.amount_sats ELSE 0 END AS matured, 0 AS shares, 0 AS score,
           CASE WHEN block.status = 'mature' THEN 0 ELSE earning.amount_sats END AS immature, 1 AS blocks
    FROM block JOIN earning ON earning.block_hash = block.hash AND earning.miner_id = $1
    WHERE block.found_at >= $2 AND block.status IN ('immature', 'mature')
    UNION ALL
    SELECT date_trunc('day', stretch.credited_at, 'UTC'), credit.amount_sats, credit.amount_sats, credit.score, 0, 0
    FROM fpps_credit AS credit JOIN fpps_stretch AS stretch ON stretch.end_position = credit.end_position
    WHERE credit.miner_id = $1 AND stretch.credited_at >= $2) AS part
  GROUP BY day ORDER BY day`

/** The days since `sinceMs` that have brought something, the oldest first. */
export async function listDailyEarnings(
  db: Queryable,
  minerId: number,
  sinceMs: number,
): Promise<DailyEarning[]> {
  const { rows } = await db.query<DailyRow>(LIST, [minerId, new Date(sinceMs)])
  return rows.map(({ day, matured, shares, score, immature, blocks }) => ({
    dayMs: day.getTime(),
    maturedSats: bigintOfNumeric(matured),
    sharesSats: bigintOfNumeric(shares),
    sharesScore: bigintOfNumeric(score),
    immatureSats: bigintOfNumeric(immature),
    blockCount: Number(blocks),
  }))
}
