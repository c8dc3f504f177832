import { listWatchedBlocks } from '@headframe/db/block/list-watched-blocks'
import { updateBlockStatus } from '@headframe/db/block/update-block-status'
import type { WatchedBlock } from '@headframe/db/block/watched-block'
import type { Database } from '@headframe/db/database'
import { saveChainTip } from '@headframe/db/pool/save-chain-tip'
import { getChainInfo } from '../bitcoind/node-status.js'
import { RpcError, type RpcClient } from '../bitcoind/rpc-client.js'
import type { Log } from '../log.js'
import { judgeBlock, type BlockVerdict, type ChainView } from './judge-block.js'

export interface BlockWatchModules {
  readonly db: Database
  readonly rpc: RpcClient
  readonly log: Log
  readonly nowMs: () => number
  /** Told of each block whose status has changed. */
  readonly onChange: (hash: string) => void
}

/** How far below the tip a block that was thought final is looked at again. No reorganisation was ever as deep. */
const WATCH_DEPTH_BLOCKS = 1_000

/** RPC_INVALID_ADDRESS_OR_KEY and RPC_INVALID_PARAMETER (Bitcoin Core `rpc/protocol.h`): no such block or height. */
const CODES_NOT_FOUND = [-5, -8]

/**
 * Compares the pool's blocks with the node's best chain, by hash. All that it remembers is the tip it saw last, to
 * spare questions whose answer cannot have changed; after a start it asks them all.
 */
export class BlockWatch {
  readonly #modules: BlockWatchModules
  #lastTip: string | undefined

  constructor(modules: BlockWatchModules) {
    this.#modules = modules
  }

  /** Throws RpcUnavailable and what the database throws; nothing is concluded from a missing answer. */
  async run(): Promise<void> {
    const { db, rpc, nowMs } = this.#modules
    const { bestblockhash: tip, blocks: height } = await getChainInfo(rpc)
    await saveChainTip(db.pool, tip, height, nowMs())
    const view = new NodeView(rpc)
    for (const block of await this.#dueBlocks(tip, height, view)) {
      await this.#save(block, await judgeBlock(block, view))
    }
    // The tip as it was before the questions: a chain that moved meanwhile is looked at again.
    this.#lastTip = tip
  }

  /** The blocks whose fate can have changed since the last tip. */
  async #dueBlocks(tip: string, height: number, view: ChainView): Promise<WatchedBlock[]> {
    const blocks = await listWatchedBlocks(this.#modules.db.pool, height - WATCH_DEPTH_BLOCKS)
    if (tip === this.#lastTip) return blocks.filter(({ status }) => status === 'candidate')
    const isExtension = this.#lastTip !== undefined && ((await view.confirmationsOf(this.#lastTip)) ?? -1) > 0
    // What was on the best chain below a tip that still is, still is.
    return isExtension ? blocks.filter(({ status }) => status !== 'mature') : blocks
  }

  async #save(block: WatchedBlock, { status, confirmations }: BlockVerdict): Promise<void> {
    if (status === block.status && confirmations === block.confirmations) return
    const { db, log, onChange } = this.#modules
    const isWritten = await updateBlockStatus(db.pool, block, status, confirmations)
    if (!isWritten || status === block.status) return
    const { hash, height, status: before } = block
    log[status === 'stale' ? 'warn' : 'info'](
      { hash, height, before, confirmations },
      `the block is ${status}`,
    )
    onChange(hash)
  }
}

/** Asks the node, and tells "there is none" from "I could not ask". */
class NodeView implements ChainView {
  readonly #rpc: RpcClient

  constructor(rpc: RpcClient) {
    this.#rpc = rpc
  }

  async confirmationsOf(hash: string): Promise<number | undefined> {
    const header = await orUndefined(this.#rpc.call<{ confirmations: number }>('getblockheader', [hash]))
    return header?.confirmations
  }

  hashAt(height: number): Promise<string | undefined> {
    return orUndefined(this.#rpc.call<string>('getblockhash', [height]))
  }
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof RpcError && CODES_NOT_FOUND.includes(error.code)) return undefined
    throw error
  }
}
