import type { LivePeriod } from '../live/live-feed.js'
import type { ChainWindow } from './chain-window.js'
import { NETWORKS } from './network.js'

/** The difficulty period that a window's tip is in; undefined on networks whose difficulty never changes. */
export function periodOf({ network, height, ntimes, periodStart }: ChainWindow): LivePeriod | undefined {
  const { difficultyRule, retargetIntervalBlocks } = NETWORKS[network]
  if (difficultyRule === 'fixed') return undefined
  const startHeight = height - (height % retargetIntervalBlocks)
  return {
    startHeight,
    endHeight: startHeight + retargetIntervalBlocks,
    startNtime: periodStart.ntime,
    tipNtime: ntimes.at(-1) ?? periodStart.ntime,
    tipHeight: height,
  }
}
