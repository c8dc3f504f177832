import type { ChainWindow } from './chain-window.js'
import { medianTimePast } from './median-time-past.js'
import { NETWORKS } from './network.js'

/** How far the first block of a period may be before the last one of the period before (BIP 94, BIP 54). */
const MAX_TIMEWARP_SECONDS = 600

/**
 * The earliest time, in seconds, that the block behind the window's tip should have. Younger than the median of the
 * last eleven everywhere; the first block of a difficulty period also not more than ten minutes before the tip, which
 * only testnet4 requires and Bitcoin Core keeps to on every network (`node/miner.cpp` GetMinimumTime).
 */
export function earliestNextTime(window: ChainWindow): number {
  const earliest = medianTimePast(window.ntimes) + 1
  const { retargetIntervalBlocks } = NETWORKS[window.network]
  if ((window.height + 1) % retargetIntervalBlocks !== 0) return earliest
  return Math.max(earliest, window.ntimes.at(-1)! - MAX_TIMEWARP_SECONDS)
}
