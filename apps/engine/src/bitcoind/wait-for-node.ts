import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.js'
import { getChainInfo, networkOfNode, type ChainInfo } from './node-status.js'
import type { Node } from './open-nodes.js'
import { RpcUnavailable } from './rpc-client.js'

const RETRY_MS = 2_000

export interface FirstNode {
  readonly node: Node
  readonly info: ChainInfo
}

/**
 * The first node, in the order of the setting, that answers; nodes may still be starting, so it asks until one does,
 * and says in the log what it waits for. Throws when all that answer refuse or are on a chain that the pool does not
 * know, and when `signal` aborts.
 */
export async function waitForNode(nodes: readonly Node[], log: Log, signal: AbortSignal): Promise<FirstNode> {
  for (;;) {
    const answers = await Promise.allSettled(nodes.map(async (node) => ({ node, info: await infoOf(node) })))
    const refusals: unknown[] = []
    for (const answer of answers) {
      if (answer.status === 'fulfilled') return answer.value
      const error: unknown = answer.reason
      if (error instanceof RpcUnavailable) log.warn({ reason: error.message }, 'waiting for the Bitcoin node')
      else refusals.push(error)
    }
    if (refusals.length === nodes.length) throw refusals[0]
    await sleep(RETRY_MS, undefined, { signal })
  }
}

async function infoOf({ rpc }: Node): Promise<ChainInfo> {
  const info = await getChainInfo(rpc)
  // Throws for a chain that the pool does not know.
  networkOfNode(info)
  return info
}
