import type { Network } from '@headframe/core/chain/network'
import type { StratumPort } from '@headframe/core/stratum/stratum-ports'
import type { Queryable } from '../transaction.js'

/** When miners are paid on chain. */
export interface ChainPayoutTerms {
  /** Between two plans. */
  readonly everyMinutes: number
  /** Of miners without one of their own. */
  readonly thresholdSats: bigint
  /** Nobody is paid less. */
  readonly minimumSats: bigint
  /** Who is owed at least the minimum for so long is paid below his threshold; undefined: age pays nobody. */
  readonly maxAgeDays: number | undefined
  /** From which on a payment counts as made. */
  readonly confirmations: number
  /** A payout of more needs approval; undefined: none does. */
  readonly approvalAboveSats?: bigint | undefined
}

/** By what terms FPPS shares are paid. */
export interface FppsPortTerms {
  readonly feeBasisPoints: number
  /** What the operator says that he holds for it. */
  readonly reserveSats: bigint
}

export interface PoolSettings {
  readonly network: Network
  readonly poolAddress: string
  readonly poolTag: string
  readonly feeBasisPoints: number
  /** Of what a PPLNS block leaves to miners. */
  readonly finderBonusBasisPoints: number
  /** Units of the network's expected work for one block. */
  readonly pplnsWindow: number
  readonly stratumPorts: readonly StratumPort[]
  /** Absent when nothing is paid on chain. */
  readonly payouts?: ChainPayoutTerms | undefined
  /** Absent where no port is one of FPPS. */
  readonly fpps?: FppsPortTerms | undefined
}

/** As it stands in the database. */
export interface SavedPool extends PoolSettings {
  /** Everything here is made up, by `npm run seed`. */
  readonly isSynthetic: boolean
}

interface PoolRow {
  readonly network: Network
  readonly pool_address: string
  readonly pool_tag: string
  readonly fee_basis_points: number
  readonly finder_bonus_basis_points: number
  readonly pplns_window: number
  readonly stratum_ports: StratumPort[]
  readonly payout_every_minutes: number | null
  readonly payout_threshold_sats: string | null
  readonly payout_minimum_sats: string | null
  readonly payout_max_age_days: number | null
  readonly payout_confirmations: number | null
  readonly payout_approval_above_sats: string | null
  readonly fpps_fee_basis_points: number | null
  readonly fpps_reserve_sats: string | null
  readonly is_synthetic: boolean
}

/** What is in force; undefined before `settle` has started for the first time. */
export async function readPool(db: Queryable): Promise<SavedPool | undefined> {
  const { rows } = await db.query<PoolRow>(
    `SELECT network, pool_address, pool_tag, fee_basis_points, finder_bonus_basis_points, pplns_window, stratum_ports,
       payout_every_minutes, payout_threshold_sats, payout_minimum_sats, payout_max_age_days, payout_confirmations,
       payout_approval_above_sats, fpps_fee_basis_points, fpps_reserve_sats, is_synthetic
     FROM pool WHERE id = 1`,
  )
  const row = rows[0]
  return (
    row && {
      network: row.network,
      poolAddress: row.pool_address,
      poolTag: row.pool_tag,
      feeBasisPoints: row.fee_basis_points,
      finderBonusBasisPoints: row.finder_bonus_basis_points,
      pplnsWindow: row.pplns_window,
      stratumPorts: row.stratum_ports,
      payouts: payoutsOfRow(row),
      fpps: fppsOfRow(row),
      isSynthetic: row.is_synthetic,
    }
  )
}

function fppsOfRow({ fpps_fee_basis_points, fpps_reserve_sats }: PoolRow): FppsPortTerms | undefined {
  if (fpps_fee_basis_points === null) return undefined
  // Both are null, or none.
  return { feeBasisPoints: fpps_fee_basis_points, reserveSats: BigInt(fpps_reserve_sats!) }
}

function payoutsOfRow(row: PoolRow): ChainPayoutTerms | undefined {
  const { payout_every_minutes: everyMinutes, payout_threshold_sats, payout_minimum_sats } = row
  if (everyMinutes === null) return undefined
  return {
    everyMinutes,
    // All of them are null, or none.
    thresholdSats: BigInt(payout_threshold_sats!),
    minimumSats: BigInt(payout_minimum_sats!),
    maxAgeDays: row.payout_max_age_days ?? undefined,
    confirmations: row.payout_confirmations!,
    approvalAboveSats:
      row.payout_approval_above_sats === null ? undefined : BigInt(row.payout_approval_above_sats),
  }
}
