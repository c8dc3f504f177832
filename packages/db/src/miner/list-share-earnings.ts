import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'

/** What a miner was paid for FPPS shares in a UTC day. */
export interface ShareEarning {
  readonly dayMs: number
  /** Times at which he was credited. */
  readonly creditCount: number
  /** Units of 2^-96. */
  readonly score: bigint
  readonly amountSats: bigint
  /** For a score of 2^96, the least and the most of the day. */
  readonly lowRateSats: bigint
  readonly highRateSats: bigint
}

export interface ShareEarnings {
  readonly days: readonly ShareEarning[]
  /** Days before this one have more; undefined: these were the first. */
  readonly beforeMs: number | undefined
}

const DAY_MS = 86_400_000

/** Whole days, the newest first: those of the `dayCount` that end with the newest day before `beforeMs` that has any. */
export async function listShareEarnings(
  db: Queryable,
  minerId: number,
  beforeMs: number | undefined,
  dayCount: number,
): Promise<ShareEarnings> {
  const newestMs = await findNewest(db, minerId, beforeMs)
  if (newestMs === undefined) return { days: [], beforeMs: undefined }
  const endMs = (Math.floor(newestMs / DAY_MS) + 1) * DAY_MS
  const startMs = endMs - dayCount * DAY_MS
  const days = await listDays(db, minerId, startMs, endMs)
  const hasMore = (await findNewest(db, minerId, startMs)) !== undefined
  return { days, beforeMs: hasMore ? startMs : undefined }
}

/** What a miner was paid for FPPS shares ever, by the ledger. */
export async function sumShareEarnings(db: Queryable, minerId: number): Promise<bigint> {
  const { rows } = await db.query<{ sum: string }>(
    `SELECT COALESCE(-sum(total.amount_sats), 0) AS sum
     FROM ledger_account AS account JOIN ledger_total AS total ON total.account_id = account.id
     WHERE account.miner_id = $1 AND total.kind = 'fpps-credit'`,
    [minerId],
  )
  return BigInt(rows[0]!.sum)
}

/** Stretches follow each other in time as in the journal. */
const FIRST_SINCE = (at: string): string =>
  `(SELECT min(end_position) FROM fpps_stretch WHERE credited_at >= ${at})`

async function findNewest(
  db: Queryable,
  minerId: number,
  beforeMs: number | undefined,
): Promise<number | undefined> {
  const { rows } = await db.query<{ credited_at: Date }>(
    `SELECT stretch.credited_at FROM fpps_credit AS credit
     JOIN fpps_stretch AS stretch ON stretch.end_position = credit.end_position
     WHERE credit.miner_id = $1
       AND ($2::timestamptz IS NULL OR credit.end_position < COALESCE(${FIRST_SINCE('$2')}, 9223372036854775807))
     ORDER BY credit.end_position DESC LIMIT 1`,
    [minerId, beforeMs === undefined ? null : new Date(beforeMs)],
  )
  return rows[0]?.credited_at.getTime()
}

async function listDays(
  db: Queryable,
  minerId: number,
  startMs: number,
  endMs: number,
): Promise<ShareEarning[]> {
  const { rows } = await db.query<
    { day: Date; credits: string } & Record<'score' | 'amount' | 'low' | 'high', string>
  >(
    `SELECT date_trunc('day', stretch.credited_at, 'UTC') AS day, count(*) AS credits, sum(credit.score) AS score,
            sum(credit.amount_sats) AS amount, min(stretch.rate_sats) AS low, max(stretch.rate_sats) AS high
     FROM fpps_credit AS credit JOIN fpps_stretch AS stretch ON stretch.end_position = credit.end_position
     WHERE credit.miner_id = $1 AND credit.end_position >= ${FIRST_SINCE('$2')}
       AND stretch.credited_at >= $2 AND stretch.credited_at < $3
     GROUP BY 1 ORDER BY 1 DESC`,
    [minerId, new Date(startMs), new Date(endMs)],
  )
  return rows.map(({ day, credits, score, amount, low, high }) => ({
    dayMs: day.getTime(),
    creditCount: Number(credits),
    score: bigintOfNumeric(score),
    amountSats: bigintOfNumeric(amount),
    lowRateSats: BigInt(low),
    highRateSats: BigInt(high),
  }))
}
