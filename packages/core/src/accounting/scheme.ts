import type { PayoutMode } from '../share/share.js'
import type { RewardSplit } from './split-reward.js'

/** A block whose coinbase is read, with the terms that are in force for it. */
export interface PaidBlock {
  /** Address. */
  readonly finder: string
  /** What its coinbase has paid to the pool. */
  readonly poolSats: bigint
  /** What it has paid to miners themselves, by address. */
  readonly directSats: ReadonlyMap<string, bigint>
  /** Hundredths of a percent, of all that it has paid to the pool and to miners. */
  readonly feeBasisPoints: number
  /** Hundredths of a percent, of what goes to miners. */
  readonly finderBonusBasisPoints: number
  /** What the shares of the window score, by address; nothing for a scheme without a window. */
  readonly scores: ReadonlyMap<string, bigint>
}

/** By which rule the miners of a port are paid. */
export interface Scheme {
  readonly mode: PayoutMode
  /** Whether a block is cut by the shares before it. */
  readonly hasWindow: boolean
  /** Where what the pool keeps of a block goes. */
  readonly incomeAccount: string
  /** Cuts what the coinbase has paid: pure, to the satoshi, the same whenever it is asked. */
  split(block: PaidBlock): RewardSplit
}
