import {
  creditScore,
  fppsPostings,
  fppsRate,
  type FppsCredit,
  type PastBlocks,
} from '@headframe/core/accounting/fpps'
import type { Database } from '../database.js'
import { insertEntries } from '../ledger/post-transaction.js'
import { bigintOfNumeric } from '../numeric.js'
import { inTransaction, type Queryable } from '../transaction.js'

/** What the shares of a stretch are worth. */
export interface FppsTerms {
  readonly past: PastBlocks
  readonly feeBasisPoints: number
  /** Display order, hex: the block that `past` ends with. */
  readonly tipHash: string
}

export interface FppsProgress {
  readonly creditedSats: bigint
  /** The journal goes on behind it. */
  readonly isBehind: boolean
}

/** Segments of one stretch: a day of a single stratum process. */
const MAX_SEGMENTS = 86_400n

/** A miner's shares of a stretch. */
interface MinerScore {
  readonly minerId: number
  readonly miner: string
  readonly score: bigint
}

/** Whether there are FPPS shares that are not paid yet. */
export async function hasUnpaidFpps(db: Queryable): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM segment_sum
       WHERE position > (SELECT position FROM fpps_cursor WHERE id = 1) AND mode = 'fpps') AS found`,
  )
  return rows[0]!.found
}

/**
 * Pays the FPPS shares of the next stretch of the journal and moves the cursor, in one transaction: each share is paid
 * once however often, and from however many processes, this is called. `terms` may be left out while there are no such
 * shares; throws when there are. The stretch ends with the journal, or at `upTo`.
 */
export async function creditStretch(
  db: Pick<Database, 'pool'>,
  terms: FppsTerms | undefined,
  nowMs: number,
  upTo?: bigint,
): Promise<FppsProgress> {
  return inTransaction(db.pool, async (client) => {
    const { cursor, head } = await lockCursor(client)
    const end = upTo ?? (head - cursor > MAX_SEGMENTS ? cursor + MAX_SEGMENTS : head)
    const scores = await readScores(client, cursor, end)
    const creditedSats = scores.length === 0 ? 0n : await payScores(client, end, scores, terms, nowMs)
    await client.query('UPDATE fpps_cursor SET position = $1 WHERE id = 1', [end])
    return { creditedSats, isBehind: end < head }
  })
}

async function lockCursor(db: Queryable): Promise<{ cursor: bigint; head: bigint }> {
  const cursors = await db.query<{ position: string }>(
    'SELECT position FROM fpps_cursor WHERE id = 1 FOR UPDATE',
  )
  // Read behind the lock, and never before it: the head may only be newer than the cursor.
  const heads = await db.query<{ position: string }>('SELECT position FROM journal_head WHERE id = 1')
  return { cursor: BigInt(cursors.rows[0]!.position), head: BigInt(heads.rows[0]!.position) }
}

async function readScores(db: Queryable, after: bigint, upTo: bigint): Promise<MinerScore[]> {
  const { rows } = await db.query<{ miner_id: number; address: string; score: string }>(
    `SELECT miner.id AS miner_id, miner.address, sum(segment_sum.score) AS score
     FROM segment_sum JOIN worker ON worker.id = segment_sum.worker_id JOIN miner ON miner.id = worker.miner_id
     WHERE position > $1 AND position <= $2 AND mode = 'fpps' GROUP BY miner.id ORDER BY miner.id`,
    [after, upTo],
  )
  return rows.map((row) => ({ minerId: row.miner_id, miner: row.address, score: bigintOfNumeric(row.score) }))
}

/** Returns what all of them got. */
async function payScores(
  db: Queryable,
  end: bigint,
  scores: readonly MinerScore[],
  terms: FppsTerms | undefined,
  nowMs: number,
): Promise<bigint> {
  if (terms === undefined) throw new Error('FPPS shares have come while nobody knew what they are worth')
  const rateSats = fppsRate(terms.past, terms.feeBasisPoints)
  const numerators = await readNumerators(db, scores)
  const credits = scores.map((line) => ({
    ...line,
    ...creditScore(numerators.get(line.minerId) ?? 0n, line.score, rateSats),
  }))
  const transactionId = await post(db, credits, nowMs)
  await insertStretch(db, end, terms, rateSats, transactionId, nowMs)
  await insertCredits(db, end, credits)
  return credits.reduce((sum, { amountSats }) => sum + amountSats, 0n)
}

/** Up to which each miner is paid. */
async function readNumerators(db: Queryable, scores: readonly MinerScore[]): Promise<Map<number, bigint>> {
  const { rows } = await db.query<{ miner_id: number; numerator: string }>(
    `SELECT wanted.miner_id, last.numerator_after AS numerator FROM unnest($1::int[]) AS wanted (miner_id)
     CROSS JOIN LATERAL (SELECT numerator_after FROM fpps_credit credit WHERE credit.miner_id = wanted.miner_id
       ORDER BY end_position DESC LIMIT 1) last`,
    [scores.map(({ minerId }) => minerId)],
  )
  return new Map(rows.map((row) => [row.miner_id, bigintOfNumeric(row.numerator)]))
}

type CreditedScore = MinerScore & FppsCredit

/** Null when nobody has come to a satoshi. */
async function post(db: Queryable, credits: readonly CreditedScore[], nowMs: number): Promise<string | null> {
  const postings = fppsPostings(credits)
  if (postings.length === 0) return null
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO ledger_transaction (kind, posted_at) VALUES ('fpps-credit', $1) RETURNING id`,
    [new Date(nowMs)],
  )
  const { id } = rows[0]!
  await insertEntries(
    db,
    id,
    postings.map(({ account, amountSats }) => [account, amountSats]),
  )
  return id
}

async function insertStretch(
  db: Queryable,
  end: bigint,
  { past, feeBasisPoints, tipHash }: FppsTerms,
  rateSats: bigint,
  transactionId: string | null,
  nowMs: number,
): Promise<void> {
  await db.query(
    `INSERT INTO fpps_stretch (end_position, tip_hash, subsidy_sats, fees_sats, fee_blocks, fee_basis_points, rate_sats,
       transaction_id, credited_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      end,
      tipHash,
      past.subsidySats,
      past.feesSats,
      past.blockCount,
      feeBasisPoints,
      rateSats,
      transactionId,
      new Date(nowMs),
    ],
  )
}

async function insertCredits(db: Queryable, end: bigint, credits: readonly CreditedScore[]): Promise<void> {
  await db.query(
    `INSERT INTO fpps_credit (end_position, miner_id, score, numerator_before, numerator_after, amount_sats)
     SELECT $1::bigint, * FROM unnest($2::int[], $3::numeric[], $4::numeric[], $5::numeric[], $6::bigint[])`,
    [
      end,
      credits.map(({ minerId }) => minerId),
      credits.map(({ score }) => score),
      credits.map(({ numeratorBefore }) => numeratorBefore),
      credits.map(({ numeratorAfter }) => numeratorAfter),
      credits.map(({ amountSats }) => amountSats),
    ],
  )
}
