import type { Network } from '@headframe/core/chain/network'
import type { EngineOptions } from '../env.js'
import { getChainInfo, networkOfNode } from './node-status.js'
import { RpcClient } from './rpc-client.js'

/** The network that the pool of these options is on, asked of its node once. */
export async function askNetwork(
  options: Pick<EngineOptions, 'BITCOIND_URL' | 'BITCOIND_COOKIE_FILE'>,
): Promise<Network> {
  const rpc = new RpcClient({ url: options.BITCOIND_URL, cookieFile: options.BITCOIND_COOKIE_FILE })
  try {
    return networkOfNode(await getChainInfo(rpc))
  } finally {
    rpc.close()
  }
}
