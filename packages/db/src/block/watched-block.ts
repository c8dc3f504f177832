import type { BlockStatus } from '../generated/enums.js'

/** What the block watch knows of a block before it asks the node. */
export interface WatchedBlock {
  /** Display order, hex. */
  readonly hash: string
  readonly height: number
  readonly status: BlockStatus
  readonly confirmations: number
}
