import type { Network } from '@headframe/core/chain/network'
import { NodeSet, type NodeSetModules } from '../bitcoind/node-set.js'
import type { BlockCost } from '@headframe/core/template/fit-transactions'
import { closeNodes } from '../bitcoind/open-nodes.js'
import { LONGPOLL_MAX_WAIT_MS } from '../bitcoind/longpoll.js'
import { RpcClient } from '../bitcoind/rpc-client.js'
import { TemplateReader } from '../bitcoind/template-reader.js'
import type { EngineOptions } from '../env.js'

const POLL_MS = 1_000
/** A call that waits is given up by who made it, a little before its connection would be. */
const LONGPOLL_TIMEOUT_MS = LONGPOLL_MAX_WAIT_MS + 10_000

export interface OpenNodeSetModules extends Omit<NodeSetModules, 'longpollRpcs' | 'reader'> {
  /** Room for the coinbase, which each template is made to have. */
  readonly reserve: BlockCost
}

export interface OpenNodeSet {
  readonly set: NodeSet
  /** Ends the calls under way, those of `nodes` too. */
  close(): Promise<void>
}

/** The set of nodes with what it needs of its own: a connection of each node for calls that wait, and the reader. */
export function openNodeSet(
  engine: EngineOptions,
  network: Network,
  modules: OpenNodeSetModules,
): OpenNodeSet {
  const longpollRpcs = modules.nodes.map(
    ({ place }) => new RpcClient({ ...place, timeoutMs: LONGPOLL_TIMEOUT_MS }),
  )
  const reader = new TemplateReader(modules.reserve)
  const set = new NodeSet(
    {
      network,
      pollMs: POLL_MS,
      refreshMs: engine.TEMPLATE_REFRESH_SECONDS * 1_000,
      feeRisePercent: engine.TEMPLATE_FEE_RISE_PERCENT,
      hasEmptyJobs: engine.EMPTY_JOBS === 'on',
      tipMaxSilenceMs: engine.TIP_MAX_SILENCE_SECONDS * 1_000,
    },
    { ...modules, longpollRpcs, reader },
  )
  return {
    set,
    async close() {
      const closing = set.close()
      closeNodes(modules.nodes)
      for (const rpc of longpollRpcs) rpc.close()
      await reader.close()
      await closing
    },
  }
}
