import type { BitcoinNode } from '@headframe/core/node/bitcoin-nodes'
import { getChainInfo } from '../bitcoind/node-status.js'
import { RpcClient, RpcError, RpcUnavailable } from '../bitcoind/rpc-client.js'

/** A node closes what was silent for 30 s (`-rpcservertimeout`), and a connection may die unseen. */
const WARM_EVERY_MS = 5_000

/**
 * The way to one node for blocks alone: no other call is on it, and its connection is kept open, so that a block
 * leaves at once. It is made anew within seconds when it has died.
 */
export class BlockLine {
  readonly name: string
  readonly #rpc: RpcClient
  readonly #timer: NodeJS.Timeout

  constructor(place: BitcoinNode) {
    this.name = place.name
    this.#rpc = new RpcClient(place)
    this.#timer = setInterval(() => void this.warm(), WARM_EVERY_MS).unref()
    void this.warm()
  }

  /** Whether the node answers. */
  async warm(): Promise<boolean> {
    try {
      await this.#rpc.call('getblockcount')
      return true
    } catch {
      return false
    }
  }

  /** What the node says of the block, as in `NodeAnswer.result`. Never rejects. */
  submit(blockHex: readonly Uint8Array[], onSent: () => void): Promise<string | null> {
    return resultOf(this.#rpc.callWithText<string | null>('submitblock', blockHex, { onSent }))
  }

  /** The tip of a node that has the block beside it, at the same height: the one that came first won. */
  async rivalOf(hash: string, height: number): Promise<string | undefined> {
    try {
      const { blocks, bestblockhash } = await getChainInfo(this.#rpc)
      if (blocks !== height || bestblockhash === hash) return undefined
      const { confirmations } = await this.#rpc.call<{ confirmations: number }>('getblockheader', [hash])
      return confirmations === -1 ? bestblockhash : undefined
    } catch {
      return undefined
    }
  }

  prefer(hash: string): Promise<string | null> {
    return resultOf(this.#rpc.call<null>('preciousblock', [hash]))
  }

  close(): void {
    clearInterval(this.#timer)
    this.#rpc.close()
  }
}

async function resultOf(call: Promise<string | null>): Promise<string | null> {
  try {
    return await call
  } catch (error) {
    if (error instanceof RpcError) return `error ${error.code}: ${error.message}`
    if (error instanceof RpcUnavailable) return `away: ${error.message}`
    throw error
  }
}
