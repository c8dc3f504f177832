import type { RpcClient } from '../bitcoind/rpc-client.js'

interface BestBlock {
  readonly bestblockhash: string
  readonly blocks: number
}

interface BlockFees {
  readonly feesSats: bigint
  /** Undefined for the first block of all. */
  readonly previous: string | undefined
}

export interface PastFees {
  readonly tipHash: string
  readonly tipHeight: number
  /** Of the last `blockCount` blocks together: fewer than were asked for on a chain so short, and at least 1. */
  readonly feesSats: bigint
  readonly blockCount: number
}

/** What the last blocks of the chain have paid in fees. Blocks are asked for once: only new ones are questions. */
export class FeeReader {
  readonly #rpc: Pick<RpcClient, 'call'>
  readonly #blockCount: number
  /** By hash; those of the last answer alone. */
  #known: ReadonlyMap<string, BlockFees> = new Map()

  constructor(rpc: Pick<RpcClient, 'call'>, blockCount: number) {
    this.#rpc = rpc
    this.#blockCount = blockCount
  }

  /** Throws when the node is away, or does not have one of the blocks any more. */
  async read(): Promise<PastFees> {
    const { bestblockhash: tipHash, blocks: tipHeight } = await this.#rpc.call<BestBlock>('getblockchaininfo')
    const walked = new Map<string, BlockFees>()
    for (let hash: string | undefined = tipHash; hash !== undefined && walked.size < this.#blockCount;) {
      const block: BlockFees = this.#known.get(hash) ?? (await this.#readBlock(hash))
      walked.set(hash, block)
      hash = block.previous
    }
    this.#known = walked
    const feesSats = [...walked.values()].reduce((sum, block) => sum + block.feesSats, 0n)
    return { tipHash, tipHeight, feesSats, blockCount: walked.size }
  }

  async #readBlock(hash: string): Promise<BlockFees> {
    const { previousblockhash: previous, height } = await this.#rpc.call<{
      previousblockhash?: string
      height: number
    }>('getblockheader', [hash])
    // The node has no statistics of the first block.
    if (height === 0) return { feesSats: 0n, previous: undefined }
    const { totalfee } = await this.#rpc.call<{ totalfee: number }>('getblockstats', [hash, ['totalfee']])
    return { feesSats: BigInt(totalfee), previous }
  }
}
