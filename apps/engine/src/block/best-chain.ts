import type { Network } from '@headframe/core/chain/network'
import { networkOfChain } from '@headframe/core/chain/network'
import { getChainInfo, type ChainInfo } from '../bitcoind/node-status.js'
import type { Node } from '../bitcoind/open-nodes.js'
import { RpcError, RpcUnavailable } from '../bitcoind/rpc-client.js'
import type { ChainView } from './judge-block.js'

/** The tip that an earlier look has judged by. */
export interface SeenTip {
  readonly hash: string
  readonly height: number
}

export interface BestChain {
  readonly node: string
  readonly tip: SeenTip
  readonly view: ChainView
}

interface Answer {
  readonly node: Node
  readonly info: ChainInfo
}

/** RPC_INVALID_ADDRESS_OR_KEY and RPC_INVALID_PARAMETER (Bitcoin Core `rpc/protocol.h`): no such block or height. */
const CODES_NOT_FOUND = [-5, -8]

/**
 * The chain that blocks are judged by: the one with most work among the nodes that answer, are on the pool's network
 * and have caught up; of equal work the one of the node that stands first in the setting.
 *
 * Throws RpcUnavailable when there is none, and also when a node is away and the others lag behind what was seen last:
 * nothing is concluded from a chain that has only not heard of ours yet.
 */
export async function findBestChain(
  nodes: readonly Node[],
  network: Network,
  lastSeen: SeenTip | undefined,
): Promise<BestChain> {
  const settled = await Promise.allSettled(
    nodes.map(async (node) => ({ node, info: await getChainInfo(node.rpc) })),
  )
  const answers = settled.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  const healthy = answers.filter(({ info }) => isHealthy(info, network))
  const best = mostWork(healthy)
  if (best === undefined) throw new RpcUnavailable('getblockchaininfo', reasonOf(settled))
  const { node, info } = best
  const view = new NodeView(node)
  if (healthy.length < nodes.length && lastSeen !== undefined && info.blocks < lastSeen.height) {
    const isKnown = (await view.confirmationsOf(lastSeen.hash)) !== undefined
    if (!isKnown) throw new RpcUnavailable('getblockchaininfo', `node ${node.name} lags, others are away`)
  }
  return { node: node.name, tip: { hash: info.bestblockhash, height: info.blocks }, view }
}

function isHealthy({ chain, initialblockdownload }: ChainInfo, network: Network): boolean {
  return networkOfChain(chain) === network && !initialblockdownload
}

function mostWork(answers: readonly Answer[]): Answer | undefined {
  let best: Answer | undefined
  for (const answer of answers) if (best === undefined || workOf(answer) > workOf(best)) best = answer
  return best
}

const workOf = ({ info }: Answer): bigint => BigInt(`0x${info.chainwork}`)

function reasonOf(settled: readonly PromiseSettledResult<Answer>[]): string {
  const reasons = settled.map((answer) =>
    answer.status === 'fulfilled'
      ? `node ${answer.value.node.name} is syncing or on another network`
      : (answer.reason as Error).message,
  )
  return reasons.join('; ')
}

/** Asks one node, and tells "there is none" from "I could not ask". */
class NodeView implements ChainView {
  readonly #node: Node

  constructor(node: Node) {
    this.#node = node
  }

  async confirmationsOf(hash: string): Promise<number | undefined> {
    const { rpc } = this.#node
    const header = await orUndefined(rpc.call<{ confirmations: number }>('getblockheader', [hash]))
    return header?.confirmations
  }

  hashAt(height: number): Promise<string | undefined> {
    return orUndefined(this.#node.rpc.call<string>('getblockhash', [height]))
  }
}

async function orUndefined<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof RpcError && CODES_NOT_FOUND.includes(error.code)) return undefined
    throw error
  }
}
