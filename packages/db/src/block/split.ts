import type { RewardSplit } from '@headframe/core/accounting/split-reward'
import type { SharePosition } from '../window/share-position.js'

/** How a block's reward was cut, and from what; see `Settlement` in the schema. */
export interface Split {
  readonly reward: RewardSplit
  /** What the coinbase has paid to others than the pool and its finder. */
  readonly donationSats: bigint
  readonly subsidySats: bigint
  readonly feeBasisPoints: number
  /** Units of the network's expected work for one block. */
  readonly pplnsWindow: number
  /** The oldest share that counts; undefined for SOLO and for a window without shares. */
  readonly windowStart: SharePosition | undefined
}
