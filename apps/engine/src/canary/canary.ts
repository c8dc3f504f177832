import type { Network } from '@headframe/core/chain/network'
import type { CoinbasePlan } from '@headframe/core/job/coinbase-plan'
import type { LiveCanary } from '@headframe/core/live/live-feed'
import type { StratumPort } from '@headframe/core/stratum/stratum-ports'
import type { Log } from '../log.js'
import { PortCanary, type NodeTip } from './port-canary.js'

export interface CanaryOptions {
  readonly host: string
  readonly ports: readonly StratumPort[]
  readonly network: Network
  /** What jobs are to pay. */
  readonly plan: CoinbasePlan
  /** Who the canary is: what it authorizes with, and whom a solo port is to pay. */
  readonly address: string
  readonly script: Uint8Array
}

export interface CanaryModules {
  /** Of the nodes that answer. */
  readonly readTips: () => Promise<readonly NodeTip[]>
  readonly log: Log
  readonly nowMs: () => number
  /** `isNews`: something else is wrong than before, or nothing any more. */
  readonly onReport: (report: LiveCanary, isNews: boolean) => void
}

const TICK_MS = 1_000
const WORKER_NAME = 'canary'

/** Connects to every port of the pool as a miner would, and raises an alarm when what it gets is not what it should be. */
export class Canary {
  readonly #modules: CanaryModules
  readonly #ports: readonly PortCanary[]
  #lastProblems = ''
  #timer: NodeJS.Timeout | undefined
  #isTicking = false

  constructor(options: CanaryOptions, modules: CanaryModules) {
    this.#modules = modules
    // A port behind a proxy takes nobody who comes without one.
    const ports = options.ports.filter(({ proxy }) => !proxy)
    this.#ports = ports.map((port) => openPort(port, options, modules.nowMs))
  }

  start(): void {
    this.#timer = setInterval(() => void this.#tick(), TICK_MS)
    void this.#tick()
  }

  close(): void {
    clearInterval(this.#timer)
    for (const port of this.#ports) port.close()
  }

  /** One at a time: nodes may take longer than a second to answer. */
  async #tick(): Promise<void> {
    if (this.#isTicking) return
    this.#isTicking = true
    const tips = await this.#modules.readTips()
    for (const port of this.#ports) port.tick(tips)
    this.#report()
    this.#isTicking = false
  }

  #report(): void {
    const { log, nowMs, onReport } = this.#modules
    const report = { atMs: nowMs(), ports: this.#ports.map((port) => port.report()) }
    const wrong = report.ports.filter(({ problems }) => problems.length > 0)
    const problems = JSON.stringify(wrong.map((each) => [each.port, each.problems]))
    const isNews = problems !== this.#lastProblems
    if (isNews && wrong.length > 0)
      log.fatal({ wrong }, 'the canary finds something wrong with the jobs of the pool')
    else if (isNews && this.#lastProblems !== '') log.info('the canary finds nothing wrong any more')
    this.#lastProblems = problems
    onReport(report, isNews)
  }
}

function openPort(port: StratumPort, options: CanaryOptions, nowMs: () => number): PortCanary {
  const { host, network, plan, address, script } = options
  const isSolo = port.mode === 'solo'
  return new PortCanary(
    {
      place: { host, port: port.port, tls: port.tls, username: `${address}.${WORKER_NAME}` },
      network,
      restScript: isSolo ? script : plan.restScript,
      parts: isSolo ? plan.solo : plan.fixed,
      paysMiners: port.direct,
      minDifficulty: port.minDifficulty,
      maxDifficulty: port.maxDifficulty,
    },
    nowMs,
  )
}
