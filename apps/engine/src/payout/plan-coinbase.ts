import { parseAddress } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import type { CoinbasePlan, PlannedOutput } from '@headframe/core/job/coinbase-plan'
import { ConfigError, type EngineOptions } from '../env.js'

/**
 * Who is paid by each block: the pool, but for the donation if there is one; on a solo port the finder, but for the
 * pool's fee and the donation. Throws ConfigError when an address is none of the network.
 */
export function planCoinbase(options: EngineOptions, network: Network): CoinbasePlan {
  const { POOL_ADDRESS, POOL_FEE_BASIS_POINTS, DONATION_ADDRESS, DONATION_BASIS_POINTS } = options
  const restScript = scriptOf('POOL_ADDRESS', POOL_ADDRESS, network)
  const fixed: PlannedOutput[] = []
  if (DONATION_ADDRESS !== undefined) {
    const script = scriptOf('DONATION_ADDRESS', DONATION_ADDRESS, network)
    fixed.push({ script, basisPoints: DONATION_BASIS_POINTS })
  }
  const fee = { script: restScript, basisPoints: POOL_FEE_BASIS_POINTS }
  return { restScript, fixed, solo: [fee, ...fixed] }
}

/** The output script of an address in a setting. Throws ConfigError when it is none of the network. */
export function scriptOf(setting: string, address: string, network: Network): Uint8Array {
  const parsed = parseAddress(address, network)
  if (!parsed.ok) throw new ConfigError([`${setting}: ${parsed.message}`])
  return parsed.script
}
