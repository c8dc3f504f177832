import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.js'
import { getChainInfo, type ChainInfo } from './node-status.js'
import { RpcUnavailable, type RpcClient } from './rpc-client.js'

const RETRY_MS = 2_000

/**
 * The first answer of a node that may still be starting: asks until it comes, and says in the log what it waits for.
 * Throws what the node itself refuses, and when `signal` aborts.
 */
export async function waitForNode(rpc: RpcClient, log: Log, signal: AbortSignal): Promise<ChainInfo> {
  for (;;) {
    try {
      return await getChainInfo(rpc)
    } catch (error) {
      if (!(error instanceof RpcUnavailable)) throw error
      log.warn({ reason: error.message }, 'waiting for the Bitcoin node')
      await sleep(RETRY_MS, undefined, { signal })
    }
  }
}
