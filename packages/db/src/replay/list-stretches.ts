import type { FppsTerms } from '../fpps/credit-stretch.js'
import type { Queryable } from '../transaction.js'

/** A stretch of the journal whose FPPS shares were paid, and by what. */
export interface PaidStretch {
  readonly endPosition: bigint
  readonly terms: FppsTerms
  readonly creditedAtMs: number
  /** Of the ledger; undefined when it came to less than a satoshi. */
  readonly transactionId: bigint | undefined
}

interface StretchRow {
  readonly end_position: string
  readonly tip_hash: string
  readonly subsidy_sats: string
  readonly fees_sats: string
  readonly fee_blocks: number
  readonly fee_basis_points: number
  readonly credited_at: Date
  readonly transaction_id: string | null
}

/** In their order. */
export async function listStretches(db: Queryable): Promise<PaidStretch[]> {
  const { rows } = await db.query<StretchRow>(
    `SELECT end_position, tip_hash, subsidy_sats, fees_sats, fee_blocks, fee_basis_points, credited_at, transaction_id
     FROM fpps_stretch ORDER BY end_position`,
  )
  return rows.map((row) => ({
    endPosition: BigInt(row.end_position),
    terms: {
      past: {
        subsidySats: BigInt(row.subsidy_sats),
        feesSats: BigInt(row.fees_sats),
        blockCount: row.fee_blocks,
      },
      feeBasisPoints: row.fee_basis_points,
      tipHash: row.tip_hash,
    },
    creditedAtMs: row.credited_at.getTime(),
    transactionId: row.transaction_id === null ? undefined : BigInt(row.transaction_id),
  }))
}
