import { fork, type ChildProcess } from 'node:child_process'
import type { Network } from '@headframe/core/chain/network'
import type { CoinbasePlan } from '@headframe/core/job/coinbase-plan'
import { liveKeys, type LiveKeys } from '@headframe/core/live/live-feed'
import type { Registry } from 'prom-client'
import type { Node } from '../bitcoind/open-nodes.js'
import type { EngineOptions } from '../env.js'
import { isWrong, SelfCheck, type CheckedWork } from '../jobs/self-check.js'
import type { NodeFeed } from '../live/node-feed.js'
import type { Log } from '../log.js'
import { SelfWatchMetrics } from '../metrics/self-watch-metrics.js'
import type { FromCanary } from './open-canary.js'
import { Supervisor } from './supervisor.js'

/** A self-check that no other has followed for so long says nothing any more. */
const CHECK_EXPIRES_AFTER_MS = 3_600_000
/** The canary reports every second. */
const CANARY_EXPIRES_AFTER_MS = 30_000

export interface SelfWatchModules {
  readonly nodes: readonly Node[]
  readonly network: Network
  readonly registry: Registry
  readonly feed: NodeFeed
  readonly log: Log
  readonly nowMs: () => number
}

/** How the pool watches itself: it proposes its blocks to the nodes, and keeps a canary on its ports. */
export class SelfWatch {
  readonly #keys: LiveKeys
  readonly #feed: NodeFeed
  readonly #metrics: SelfWatchMetrics
  readonly #selfCheck: SelfCheck
  /** Undefined when the operator wants none. */
  readonly #canary: Supervisor | undefined

  constructor(engine: EngineOptions, plan: CoinbasePlan, modules: SelfWatchModules) {
    const { nodes, network, registry, feed, log, nowMs } = modules
    this.#keys = liveKeys(network)
    this.#feed = feed
    this.#metrics = new SelfWatchMetrics(registry)
    const isSolo = engine.STRATUM_PORTS.some(({ mode }) => mode === 'solo')
    this.#selfCheck = new SelfCheck(
      { soloScript: isSolo ? plan.restScript : undefined },
      {
        nodes,
        log,
        nowMs,
        onResult: (check) => {
          this.#metrics.onSelfCheck(check, check.results.some(isWrong))
          void feed.reportCheck(this.#keys.selfCheck, check, CHECK_EXPIRES_AFTER_MS, true)
        },
      },
    )
    const start = () => this.#startCanary(network)
    if (engine.CANARY === 'on') this.#canary = new Supervisor({ name: 'canary', start }, { log, nowMs })
  }

  /** Of each job that has gone out. Returns at once. */
  check(work: CheckedWork): void {
    this.#selfCheck.check(work)
  }

  start(): void {
    this.#canary?.start()
  }

  async close(withinMs: number): Promise<void> {
    await this.#canary?.close((child) => child.kill('SIGTERM'), withinMs)
    await this.#selfCheck.close()
  }

  #startCanary(network: Network): ChildProcess {
    const child = fork(new URL('../run-canary.js', import.meta.url), [network])
    child.on('message', ({ report, isNews }: FromCanary) => {
      this.#metrics.onCanary(report)
      void this.#feed.reportCheck(this.#keys.canary, report, CANARY_EXPIRES_AFTER_MS, isNews)
    })
    return child
  }
}
