import { SATS_PER_BTC } from '../units.js'
import { NETWORKS, type Network } from './network.js'

const INITIAL_SUBSIDY_SATS = 50n * SATS_PER_BTC
/** From here the shift is undefined in C++, and the subsidy is 0 by rule. */
const MAX_HALVINGS = 64

/** New coins of the block at `height` (Bitcoin Core `validation.cpp` GetBlockSubsidy). */
export function subsidySats(height: number, network: Network): bigint {
  const halvings = Math.floor(height / NETWORKS[network].halvingIntervalBlocks)
  return halvings >= MAX_HALVINGS ? 0n : INITIAL_SUBSIDY_SATS >> BigInt(halvings)
}
