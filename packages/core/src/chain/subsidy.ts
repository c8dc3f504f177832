import { SATS_PER_BTC } from '../units.js'
import { NETWORKS, type Network } from './network.js'

const INITIAL_SUBSIDY_SATS = 50n * SATS_PER_BTC

/** New coins of the block at `height` (Bitcoin Core `validation.cpp` GetBlockSubsidy). */
export function subsidySats(height: number, network: Network): bigint {
  const halvings = Math.floor(height / NETWORKS[network].halvingIntervalBlocks)
  return INITIAL_SUBSIDY_SATS >> BigInt(halvings)
}
