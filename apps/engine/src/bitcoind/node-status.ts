import { networkOfChain, type Network } from '@headframe/core/chain/network'
import type { RpcClient } from './rpc-client.js'

/** The parts of `getblockchaininfo` that the pool looks at (Bitcoin Core `src/rpc/blockchain.cpp`). */
export interface ChainInfo {
  readonly chain: string
  readonly blocks: number
  /** Height of the best header that the node knows. */
  readonly headers: number
  readonly bestblockhash: string
  /** Work of the best chain, 64 hex digits. */
  readonly chainwork: string
  readonly difficulty: number
  readonly initialblockdownload: boolean
}

export const getChainInfo = (rpc: RpcClient, signal?: AbortSignal): Promise<ChainInfo> =>
  rpc.call<ChainInfo>('getblockchaininfo', [], signal)

/** Which network the node is on; throws when the pool does not know it. */
export function networkOfNode(info: ChainInfo): Network {
  const network = networkOfChain(info.chain)
  if (network === undefined)
    throw new Error(`the node is on chain "${info.chain}", which this pool does not know`)
  return network
}
