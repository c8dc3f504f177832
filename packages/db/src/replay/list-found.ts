import type { BlockCandidate } from '@headframe/core/block/candidate'
import type { PayoutMode } from '@headframe/core/share/share'
import { PAID_WINDOW_COLUMNS, paidWindowOf, type PaidWindowRow } from '../block/paid-window-row.js'
import type { BlockStatus } from '../generated/enums.js'
import type { Queryable } from '../transaction.js'

/** By what terms a block was split. */
export interface SettledTerms {
  readonly feeBasisPoints: number
  readonly finderBonusBasisPoints: number
  readonly pplnsWindow: number
}

/** A block as its stratum process wrote it down, what the chain says of it, and by which terms it was split. */
export interface ReplayedBlock {
  readonly candidate: BlockCandidate
  readonly status: BlockStatus
  /** How far its ledger has followed. */
  readonly bookedStatus: BlockStatus
  readonly confirmations: number
  /** Undefined for one that was never credited. */
  readonly terms: SettledTerms | undefined
}

interface FoundRow extends PaidWindowRow {
  readonly hash: string
  readonly height: number
  readonly status: BlockStatus
  readonly booked_status: BlockStatus
  readonly confirmations: number
  readonly mode: PayoutMode
  readonly address: string
  readonly worker_name: string
  readonly found_at: Date
  readonly nbits: number
  readonly template_value_sats: string
  readonly template_fees_sats: string
  readonly writer_id: string
  readonly incarnation: number
  readonly window_end_share_seq: string
  readonly fee_basis_points: number | null
  readonly finder_bonus_basis_points: number
  readonly pplns_window: number
}

/** In the order in which they were found. */
export async function listFound(db: Queryable): Promise<ReplayedBlock[]> {
  const { rows } = await db.query<FoundRow>(
    `SELECT block.*, miner.address, worker.name AS worker_name, settlement.fee_basis_points,
       settlement.finder_bonus_basis_points, settlement.pplns_window, ${PAID_WINDOW_COLUMNS}
     FROM block JOIN worker ON worker.id = finder_id JOIN miner ON miner.id = worker.miner_id
     LEFT JOIN settlement ON settlement.block_hash = block.hash
     LEFT JOIN paid_window ON paid_window.block_hash = block.hash ORDER BY found_at, hash`,
  )
  return rows.map((row) => ({
    candidate: candidateOfRow(row),
    status: row.status,
    bookedStatus: row.booked_status,
    confirmations: row.confirmations,
    terms:
      row.fee_basis_points === null
        ? undefined
        : {
            feeBasisPoints: row.fee_basis_points,
            finderBonusBasisPoints: row.finder_bonus_basis_points,
            pplnsWindow: row.pplns_window,
          },
  }))
}

function candidateOfRow(row: FoundRow): BlockCandidate {
  return {
    hash: row.hash,
    height: row.height,
    nbits: row.nbits,
    foundAtMs: row.found_at.getTime(),
    address: row.address,
    workerName: row.worker_name,
    mode: row.mode,
    coinbaseValueSats: BigInt(row.template_value_sats),
    feesSats: BigInt(row.template_fees_sats),
    writerId: row.writer_id,
    incarnation: row.incarnation,
    windowEndShareSeq: BigInt(row.window_end_share_seq),
    paidWindow: paidWindowOf(row),
  }
}
