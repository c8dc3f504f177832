import { networkOfChain, type Network } from '@headframe/core/chain/network'
import type { RpcClient } from './rpc-client.js'

/** The parts of `getblockchaininfo` that the pool looks at (Bitcoin Core `src/rpc/blockchain.cpp`). */
export interface ChainInfo {
  readonly chain: string
  readonly blocks: number
  readonly bestblockhash: string
  readonly difficulty: number
  readonly initialblockdownload: boolean
}

export const getChainInfo = (rpc: RpcClient): Promise<ChainInfo> => rpc.call<ChainInfo>('getblockchaininfo')

/** Which network the node is on; throws when the pool does not know it. */
export function networkOfNode(info: ChainInfo): Network {
  const network = networkOfChain(info.chain)
  if (network === undefined)
    throw new Error(`the node is on chain "${info.chain}", which this pool does not know`)
  return network
}
