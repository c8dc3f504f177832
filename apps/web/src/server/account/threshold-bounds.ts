import { parseAddress } from '@headframe/core/chain/address'
import { dustLimitSats } from '@headframe/core/chain/dust'
import type { PoolSettings } from '@headframe/db/pool/read-pool'

/** More is not saved up with a pool. */
const MAX_THRESHOLD_SATS = 1_000_000_000n

export interface ThresholdBounds {
  readonly minSats: bigint
  readonly maxSats: bigint
}

/** What a miner may set: no output that is not worth spending, nothing below what the pool ever pays, and not all. */
export function thresholdBounds(payTo: string, { network, payouts }: PoolSettings): ThresholdBounds {
  const parsed = parseAddress(payTo, network)
  const dustSats = parsed.ok ? dustLimitSats(parsed.script) : 0n
  const leastSats = payouts?.minimumSats ?? 0n
  return { minSats: leastSats > dustSats ? leastSats : dustSats, maxSats: MAX_THRESHOLD_SATS }
}
