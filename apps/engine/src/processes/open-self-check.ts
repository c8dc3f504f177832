import type { LiveKeys } from '@headframe/core/live/live-feed'
import type { CoinbasePlan } from '@headframe/core/job/coinbase-plan'
import type { Node } from '../bitcoind/open-nodes.js'
import type { EngineOptions } from '../env.js'
import { isWrong, SelfCheck } from '../jobs/self-check.js'
import type { NodeFeed } from '../live/node-feed.js'
import type { Log } from '../log.js'
import type { MetricRegistry } from '../metrics/metric-registry.js'
import { SelfCheckMetrics } from '../metrics/self-check-metrics.js'

/** A check that no other has followed for so long says nothing any more. */
const EXPIRES_AFTER_MS = 3_600_000

export interface OpenSelfCheckModules {
  readonly nodes: readonly Node[]
  readonly registry: MetricRegistry
  readonly feed: NodeFeed
  readonly keys: LiveKeys
  readonly log: Log
  readonly nowMs: () => number
}

/** The self-check with everybody who is told of its results. */
export function openSelfCheck(
  engine: EngineOptions,
  plan: CoinbasePlan,
  { nodes, registry, feed, keys, log, nowMs }: OpenSelfCheckModules,
): SelfCheck {
  const metrics = new SelfCheckMetrics(registry)
  const isSolo = engine.STRATUM_PORTS.some(({ mode }) => mode === 'solo')
  return new SelfCheck(
    { soloScript: isSolo ? plan.restScript : undefined },
    {
      nodes,
      log,
      nowMs,
      onResult: (check) => {
        metrics.onResult(check, check.results.some(isWrong))
        void feed.reportCheck(keys.selfCheck, check, EXPIRES_AFTER_MS)
      },
    },
  )
}
