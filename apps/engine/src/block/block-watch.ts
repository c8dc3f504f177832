import type { Network } from '@headframe/core/chain/network'
import { listWatchedBlocks } from '@headframe/db/block/list-watched-blocks'
import { updateBlockStatus } from '@headframe/db/block/update-block-status'
import type { WatchedBlock } from '@headframe/db/block/watched-block'
import type { Database } from '@headframe/db/database'
import { readChainTip } from '@headframe/db/pool/read-chain-tip'
import { saveChainTip } from '@headframe/db/pool/save-chain-tip'
import type { Node } from '../bitcoind/open-nodes.js'
import type { Log } from '../log.js'
import { findBestChain, type SeenTip } from './best-chain.js'
import { judgeBlock, type BlockVerdict, type ChainView } from './judge-block.js'

export interface BlockWatchModules {
  readonly db: Database
  readonly nodes: readonly Node[]
  readonly network: Network
  readonly log: Log
  readonly nowMs: () => number
  /** Told of each block whose status has changed. */
  readonly onChange: (hash: string) => void
}

/** How far below the tip a block that was thought final is looked at again. No reorganisation was ever as deep. */
const WATCH_DEPTH_BLOCKS = 1_000

/**
 * Compares the pool's blocks with the best chain of the nodes, by hash. All that it remembers is the tip it saw last,
 * to spare questions whose answer cannot have changed; after a start it asks them all.
 */
export class BlockWatch {
  readonly #modules: BlockWatchModules
  #lastTip: string | undefined

  constructor(modules: BlockWatchModules) {
    this.#modules = modules
  }

  /** Throws RpcUnavailable, as `findBestChain` does, and what the database throws; nothing is concluded from a missing answer. */
  async run(): Promise<void> {
    const { db, nodes, network, nowMs } = this.#modules
    const { tip, view, node } = await findBestChain(nodes, network, await readChainTip(db.pool))
    await saveChainTip(db.pool, tip.hash, tip.height, nowMs())
    for (const block of await this.#dueBlocks(tip, view)) {
      await this.#save(block, await judgeBlock(block, view), node)
    }
    // The tip as it was before the questions: a chain that moved meanwhile is looked at again.
    this.#lastTip = tip.hash
  }

  /** The blocks whose fate can have changed since the last tip. */
  async #dueBlocks({ hash, height }: SeenTip, view: ChainView): Promise<WatchedBlock[]> {
    const blocks = await listWatchedBlocks(this.#modules.db.pool, height - WATCH_DEPTH_BLOCKS)
    if (hash === this.#lastTip) return blocks.filter(({ status }) => status === 'candidate')
    const isExtension = this.#lastTip !== undefined && ((await view.confirmationsOf(this.#lastTip)) ?? -1) > 0
    // What was on the best chain below a tip that still is, still is.
    return isExtension ? blocks.filter(({ status }) => status !== 'mature') : blocks
  }

  async #save(block: WatchedBlock, { status, confirmations }: BlockVerdict, node: string): Promise<void> {
    if (status === block.status && confirmations === block.confirmations) return
    const { db, log, onChange } = this.#modules
    const isWritten = await updateBlockStatus(db.pool, block, status, confirmations)
    if (!isWritten || status === block.status) return
    const { hash, height, status: before } = block
    log[status === 'stale' ? 'warn' : 'info'](
      { hash, height, before, confirmations, node },
      `the block is ${status}`,
    )
    onChange(hash)
  }
}
