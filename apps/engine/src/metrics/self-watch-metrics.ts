import type { LiveCanary, LiveSelfCheck } from '@headframe/core/live/live-feed'
import { Counter, Gauge, type Registry } from 'prom-client'

/** What the metrics say of what the pool finds out about itself. */
export class SelfWatchMetrics {
  readonly #checks: Counter<'variant' | 'result'>
  readonly #alarm: Gauge
  readonly #canary: Gauge<'port'>

  constructor(registry: Registry) {
    const registers = [registry]
    this.#checks = new Counter({
      registers,
      name: 'headframe_self_checks_total',
      help: 'Blocks proposed to a node, by variant of the coinbase and what the node said.',
      labelNames: ['variant', 'result'],
    })
    this.#alarm = new Gauge({
      registers,
      name: 'headframe_self_check_alarm',
      help: '1 while the newest template that was checked would make a block that the node refuses.',
    })
    this.#canary = new Gauge({
      registers,
      name: 'headframe_canary_problems',
      help: 'How many things the canary finds wrong with the jobs of a port.',
      labelNames: ['port'],
    })
  }

  /** What a failed call said is left out: it may be different each time. */
  onSelfCheck({ results }: LiveSelfCheck, isWrong: boolean): void {
    for (const { variant, result } of results) {
      this.#checks.inc({ variant, result: result === null ? 'accepted' : result.split(':', 1)[0]! })
    }
    this.#alarm.set(isWrong ? 1 : 0)
  }

  onCanary({ ports }: LiveCanary): void {
    for (const { port, problems } of ports) this.#canary.set({ port }, problems.length)
  }
}
