import type { LiveCanary, LiveSelfCheck } from '@headframe/core/live/live-feed'
import type { Counter } from './counter.js'
import type { Gauge } from './gauge.js'
import type { MetricRegistry } from './metric-registry.js'

/** What the metrics say of what the pool finds out about itself. */
export class SelfWatchMetrics {
  readonly #checks: Counter
  readonly #alarm: Gauge
  readonly #canary: Gauge

  constructor(registry: MetricRegistry) {
    this.#checks = registry.counter({
      name: 'headframe_self_checks_total',
      help: 'Blocks proposed to a node, by variant of the coinbase and what the node said.',
      labels: ['variant', 'result'],
    })
    this.#alarm = registry.gauge({
      name: 'headframe_self_check_alarm',
      help: '1 while the newest template that was checked would make a block that the node refuses.',
    })
    this.#alarm.set(0)
    this.#canary = registry.gauge({
      name: 'headframe_canary_problems',
      help: 'How many things the canary finds wrong with the jobs of a port.',
      labels: ['port'],
    })
  }

  /** What a failed call said is left out: it may be different each time. */
  onSelfCheck({ results }: LiveSelfCheck, isWrong: boolean): void {
    for (const { variant, result } of results) {
      this.#checks.add([variant, result === null ? 'accepted' : result.split(':', 1)[0]!])
    }
    this.#alarm.set(isWrong ? 1 : 0)
  }

  onCanary({ ports }: LiveCanary): void {
    for (const { port, problems } of ports) this.#canary.set(problems.length, [String(port)])
  }
}
