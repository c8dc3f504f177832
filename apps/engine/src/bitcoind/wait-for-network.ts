import { setTimeout as sleep } from 'node:timers/promises'
import type { Network } from '@headframe/core/chain/network'
import type { Log } from '../log.js'
import { getChainInfo, networkOfNode } from './node-status.js'
import type { Node } from './open-nodes.js'
import { RpcUnavailable } from './rpc-client.js'

const RETRY_MS = 2_000
const ANSWER_TIMEOUT_MS = 5_000

/**
 * The network that the pool is on: that of the first node, in the order of the setting, which answers and whose network
 * `fits` (it has the pool's address). Nodes may still be starting, so it asks until one is found, and says in the log
 * what it waits for. When all have answered and none fits, it is that of the first all the same, for who asks to
 * refuse. Throws when all refuse or are on a chain that the pool does not know, and when `signal` aborts.
 */
export async function waitForNetwork(
  nodes: readonly Node[],
  fits: (network: Network) => boolean,
  log: Log,
  signal: AbortSignal,
): Promise<Network> {
  for (;;) {
    const answers = await Promise.allSettled(nodes.map(askNetwork))
    const networks = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
    const found = networks.find(fits)
    if (found !== undefined) return found
    const errors = answers.flatMap((answer): unknown[] =>
      answer.status === 'rejected' ? [answer.reason] : [],
    )
    const away = errors.filter((error) => error instanceof RpcUnavailable)
    if (away.length === 0 && networks[0] !== undefined) return networks[0]
    if (away.length === 0) throw errors[0]
    for (const { message } of away) log.warn({ reason: message }, 'waiting for the Bitcoin node')
    await sleep(RETRY_MS, undefined, { signal })
  }
}

async function askNetwork({ rpc }: Node): Promise<Network> {
  return networkOfNode(await getChainInfo(rpc, AbortSignal.timeout(ANSWER_TIMEOUT_MS)))
}
