import { bigintOfNumeric } from '../numeric.js'
import type { Queryable } from '../transaction.js'

/** A miner's part of a stretch. */
export interface StretchCredit {
  readonly address: string
  readonly score: bigint
  readonly numeratorBefore: bigint
  readonly numeratorAfter: bigint
  readonly amountSats: bigint
}

/** A stretch whose FPPS shares are paid, and which is not published yet. */
export interface UnstatedStretch {
  /** End of the one before; 0 for the first. */
  readonly afterPosition: bigint
  readonly endPosition: bigint
  /** Display order, hex. */
  readonly tipHash: string
  readonly subsidySats: bigint
  readonly feesSats: bigint
  readonly feeBlocks: number
  readonly feeBasisPoints: number
  readonly rateSats: bigint
  readonly creditedAtMs: number
}

interface UnstatedRow {
  readonly after_position: string
  readonly end_position: string
  readonly tip_hash: string
  readonly subsidy_sats: string
  readonly fees_sats: string
  readonly fee_blocks: number
  readonly fee_basis_points: number
  readonly rate_sats: string
  readonly credited_at: Date
}

/** In their order, which is the one in which they are stated: each names the end of the one before. */
export async function listUnstatedStretches(db: Queryable, limit: number): Promise<UnstatedStretch[]> {
  const { rows } = await db.query<UnstatedRow>(
    `SELECT coalesce((SELECT max(end_position) FROM fpps_stretch earlier
         WHERE earlier.end_position < stretch.end_position), 0) AS after_position,
       end_position, tip_hash, subsidy_sats, fees_sats, fee_blocks, fee_basis_points, rate_sats, credited_at
     FROM fpps_stretch stretch
     WHERE end_position > coalesce((SELECT max(end_position) FROM public_fpps), 0)
     ORDER BY end_position LIMIT $1`,
    [limit],
  )
  return rows.map((row) => ({
    afterPosition: BigInt(row.after_position),
    endPosition: BigInt(row.end_position),
    tipHash: row.tip_hash,
    subsidySats: BigInt(row.subsidy_sats),
    feesSats: BigInt(row.fees_sats),
    feeBlocks: row.fee_blocks,
    feeBasisPoints: row.fee_basis_points,
    rateSats: BigInt(row.rate_sats),
    creditedAtMs: row.credited_at.getTime(),
  }))
}

/** In the order of addresses. */
export async function listStretchCredits(db: Queryable, endPosition: bigint): Promise<StretchCredit[]> {
  const { rows } = await db.query<{
    readonly address: string
    readonly score: string
    readonly numerator_before: string
    readonly numerator_after: string
    readonly amount_sats: string
  }>(
    `SELECT address, score, numerator_before, numerator_after, amount_sats
     FROM fpps_credit JOIN miner ON miner.id = miner_id WHERE end_position = $1 ORDER BY address COLLATE "C"`,
    [endPosition],
  )
  return rows.map((row) => ({
    address: row.address,
    score: bigintOfNumeric(row.score),
    numeratorBefore: bigintOfNumeric(row.numerator_before),
    numeratorAfter: bigintOfNumeric(row.numerator_after),
    amountSats: BigInt(row.amount_sats),
  }))
}
