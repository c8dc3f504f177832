import type { Network } from '@headframe/core/chain/network'
import type { FeePayer } from '@headframe/core/payout/batch'
import type { PlanOptions } from '@headframe/core/payout/plan-payouts'
import type { EngineOptions } from '../env.js'

/** `wallet`: the node's wallet has the keys. `operator`: they are elsewhere, and signed PSBTs are brought back. */
export type PayoutSigning = 'wallet' | 'operator'

/** How payouts are made: the settings of that name. */
export interface PaymentOptions extends PlanOptions {
  readonly network: Network
  /** Between two plans. */
  readonly everyMs: number
  readonly feePayer: FeePayer
  /** Satoshis a virtual byte. */
  readonly maxFeeRate: number
  readonly confirmations: number
  /** undefined: a payment that waits for a block waits. */
  readonly bumpAfterMs: number | undefined
  /** undefined: none needs it. */
  readonly approvalAboveSats: bigint | undefined
  readonly signing: PayoutSigning
}

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS

export function paymentOptionsOf(options: EngineOptions, network: Network): PaymentOptions {
  return {
    network,
    everyMs: options.PAYOUT_EVERY_MINUTES * MINUTE_MS,
    thresholdSats: options.PAYOUT_THRESHOLD_SATS,
    minimumSats: options.PAYOUT_MINIMUM_SATS,
    maxAgeMs: orNone(options.PAYOUT_MAX_AGE_DAYS, (days) => days * DAY_MS),
    maxOutputs: options.PAYOUT_MAX_OUTPUTS,
    dailyLimitSats: orNone(options.PAYOUT_DAILY_LIMIT_SATS, (sats) => sats),
    feePayer: options.PAYOUT_FEE_PAYER,
    maxFeeRate: options.PAYOUT_MAX_FEE_RATE,
    confirmations: options.PAYOUT_CONFIRMATIONS,
    bumpAfterMs: orNone(options.PAYOUT_BUMP_AFTER_MINUTES, (minutes) => minutes * MINUTE_MS),
    approvalAboveSats: options.PAYOUT_APPROVAL_ABOVE_SATS,
    signing: options.PAYOUT_SIGNING,
  }
}

/** 0 stands for none. */
function orNone<Value extends number | bigint>(
  value: Value,
  convert: (value: Value) => Value,
): Value | undefined {
  return Number(value) === 0 ? undefined : convert(value)
}
