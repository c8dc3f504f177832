import { parseAddress } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import type { LiveCanary } from '@headframe/core/live/live-feed'
import { getChainInfo } from '../bitcoind/node-status.js'
import { closeNodes, openNodes, type Node } from '../bitcoind/open-nodes.js'
import { Canary } from '../canary/canary.js'
import type { NodeTip } from '../canary/port-canary.js'
import { ConfigError, type EngineOptions } from '../env.js'
import type { Log } from '../log.js'
import { planCoinbase } from '../payout/plan-coinbase.js'

/** What the canary tells the primary. */
export interface FromCanary {
  readonly report: LiveCanary
  readonly isNews: boolean
}

/** How long a node may take to name its tip. */
const TIP_TIMEOUT_MS = 5_000
const LOOPBACK = '127.0.0.1'

/** The canary of a running pool. Throws ConfigError when its address is none of the network. */
export function openCanary(
  engine: EngineOptions,
  network: Network,
  log: Log,
  tell: (message: FromCanary) => void,
): { readonly close: () => void } {
  const nodes = openNodes(engine.BITCOIND_URLS)
  const parsed = parseAddress(engine.CANARY_ADDRESS ?? engine.POOL_ADDRESS, network)
  if (!parsed.ok) throw new ConfigError([`CANARY_ADDRESS: ${parsed.message}`])
  const { address, script } = parsed
  // What listens everywhere listens here.
  const host = engine.STRATUM_HOST === '0.0.0.0' ? LOOPBACK : engine.STRATUM_HOST
  const plan = planCoinbase(engine, network)
  const canary = new Canary(
    { host, ports: engine.STRATUM_PORTS, network, plan, address, script },
    {
      readTips: () => readTips(nodes),
      log,
      nowMs: Date.now,
      onReport: (report, isNews) => tell({ report, isNews }),
    },
  )
  canary.start()
  return {
    close() {
      canary.close()
      closeNodes(nodes)
    },
  }
}

async function readTips(nodes: readonly Node[]): Promise<NodeTip[]> {
  const infos = await Promise.all(
    nodes.map(({ rpc }) => getChainInfo(rpc, AbortSignal.timeout(TIP_TIMEOUT_MS)).catch(() => undefined)),
  )
  return infos.flatMap((info) =>
    info === undefined ? [] : [{ hash: info.bestblockhash, height: info.blocks }],
  )
}
