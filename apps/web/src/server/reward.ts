import { subsidySats } from '@headframe/core/chain/subsidy'
import { readChainTip } from '@headframe/db/pool/read-chain-tip'
import { readRewardAverage } from '@headframe/db/pool/read-reward-basis'
import type { RewardBasis } from '../measure/earning-power'
import { poolSettings, type Context } from './context'

export interface RewardNow extends RewardBasis {
  /** Blocks that it is the average of; 0: the subsidy alone, because none is settled yet. */
  readonly blockCount: number
}

/** What a block is worth to miners now; undefined before the pool was set up. */
export function readReward(context: Context): Promise<RewardNow | undefined> {
  return context.cache.get('reward', async () => {
    const db = context.database.pool
    const [settings, average, tip] = await Promise.all([
      poolSettings(context),
      readRewardAverage(db),
      readChainTip(db),
    ])
    if (settings === undefined) return undefined
    const { network, feeBasisPoints } = settings
    const blockSats = average?.blockSats ?? subsidySats((tip?.height ?? 0) + 1, network)
    return { blockSats, blockCount: average?.blockCount ?? 0, feeBasisPoints }
  })
}
