import { NETWORKS, type Network } from '@headframe/core/chain/network'
import type { NodeState } from '@headframe/core/live/live-feed'
import { TemplateError } from '@headframe/core/template/template-error'
import type { ChainInfo } from './node-status.js'
import { RpcError, RpcUnavailable, type RpcClient } from './rpc-client.js'

export interface Verdict {
  readonly state: NodeState
  /** One sentence for a person; empty when all is well. */
  readonly message: string
}

export const OK: Verdict = { state: 'ok', message: '' }

/** RPC_CLIENT_NOT_CONNECTED and RPC_CLIENT_IN_INITIAL_DOWNLOAD: the node lives, but its tip is not to be built on. */
const SYNCING_CODES = [-9, -10]

/** How a node stands that answers. What it has to do with other nodes is not looked at. */
export function judgeInfo(info: ChainInfo, network: Network): Verdict {
  const { chain } = NETWORKS[network]
  if (info.chain !== chain) {
    return { state: 'other-chain', message: `It is on the chain ${info.chain}; this pool is on ${chain}.` }
  }
  // On a test network a node that is alone with an old chain has nothing to catch up with.
  const isSyncing = info.initialblockdownload && (network === 'mainnet' || info.headers > info.blocks)
  if (!isSyncing) return OK
  const message = `It has ${info.blocks} of ${info.headers} blocks and is catching up.`
  return { state: 'syncing', message }
}

/** How a node stands that did not give what it was asked for. */
export function judgeError(error: unknown): Verdict {
  const { message } = error as Error
  if (error instanceof TemplateError && error.code === 'unknown-rule')
    return { state: 'unknown-rule', message }
  if (error instanceof RpcError && SYNCING_CODES.includes(error.code)) return { state: 'syncing', message }
  return { state: error instanceof RpcUnavailable ? 'away' : 'failing', message }
}

/**
 * Asks for the blocks that every node of the network has: some chains call themselves as ours does and are others.
 * Throws as `RpcClient.call` does.
 */
export async function judgeKnownBlocks(rpc: RpcClient, info: ChainInfo, network: Network): Promise<Verdict> {
  for (const { height, hash } of NETWORKS[network].knownBlocks) {
    if (height > info.blocks) continue
    const itsHash = await rpc.call<string>('getblockhash', [height])
    if (itsHash === hash) continue
    return { state: 'other-chain', message: `Its block ${height} is ${itsHash}, not that of ${network}.` }
  }
  return OK
}
