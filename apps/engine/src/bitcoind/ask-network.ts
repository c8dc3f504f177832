import type { Network } from '@headframe/core/chain/network'
import type { EngineOptions } from '../env.js'
import { getChainInfo, networkOfNode } from './node-status.js'
import { closeNodes, openNodes } from './open-nodes.js'

/** The network that the pool of these options is on, asked of its nodes once. Throws what the first says when none answers. */
export async function askNetwork({ BITCOIND_URLS }: Pick<EngineOptions, 'BITCOIND_URLS'>): Promise<Network> {
  const nodes = openNodes(BITCOIND_URLS)
  try {
    return networkOfNode(await firstAnswer(nodes.map(({ rpc }) => getChainInfo(rpc))))
  } finally {
    closeNodes(nodes)
  }
}

async function firstAnswer<T>(answers: readonly Promise<T>[]): Promise<T> {
  const settled = await Promise.allSettled(answers)
  for (const answer of settled) if (answer.status === 'fulfilled') return answer.value
  return answers[0]!
}
