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
