import type { ChainPayoutTerms, FppsPortTerms } from '@headframe/db/pool/read-pool'
import type { EngineOptions } from '../env.js'

/** By what terms a block is split that is found now. */
export interface PayoutTerms {
  readonly feeBasisPoints: number
  /** Of what a PPLNS block leaves to miners. */
  readonly finderBonusBasisPoints: number
  /** Units of the network's expected work for one block. */
  readonly pplnsWindow: number
}

export function payoutTerms(options: EngineOptions): PayoutTerms {
  return {
    feeBasisPoints: options.POOL_FEE_BASIS_POINTS,
    finderBonusBasisPoints: options.FINDER_BONUS_BASIS_POINTS,
    pplnsWindow: options.PPLNS_WINDOW,
  }
}

/** How FPPS shares are paid; undefined without such a port. */
export function fppsPortTerms({
  STRATUM_PORTS,
  FPPS_FEE_BASIS_POINTS: feeBasisPoints,
  FPPS_RESERVE_BTC: reserveSats,
}: EngineOptions): FppsPortTerms | undefined {
  if (reserveSats === undefined || !STRATUM_PORTS.some(({ mode }) => mode === 'fpps')) return undefined
  return { feeBasisPoints, reserveSats }
}

/** When miners are paid on chain, for them to see; undefined when they are not. */
export function chainPayoutTerms(options: EngineOptions): ChainPayoutTerms | undefined {
  if (options.PAYOUT_WALLET_URL === undefined) return undefined
  return {
    everyMinutes: options.PAYOUT_EVERY_MINUTES,
    thresholdSats: options.PAYOUT_THRESHOLD_SATS,
    minimumSats: options.PAYOUT_MINIMUM_SATS,
    maxAgeDays: options.PAYOUT_MAX_AGE_DAYS === 0 ? undefined : options.PAYOUT_MAX_AGE_DAYS,
    confirmations: options.PAYOUT_CONFIRMATIONS,
    approvalAboveSats: options.PAYOUT_APPROVAL_ABOVE_SATS,
  }
}
