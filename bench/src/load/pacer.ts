import { monotonicMs } from '../measure/monotonic-clock.js'
import type { LoadMiner } from './load-miner.js'

const TICK_MS = 2

/**
 * Lets miners send a share each at a steady pace, whether or not the one before is answered: a pool that stands still
 * gets the shares that fall into that time too, and each of them is late.
 */
export class Pacer {
  skipped = 0
  readonly #miners: readonly LoadMiner[]
  readonly #stepMs: number
  readonly #timer: NodeJS.Timeout
  #next = 0
  #dueAtMs = monotonicMs()

  /** @param intervalMs between two shares of one miner */
  constructor(miners: readonly LoadMiner[], intervalMs: number) {
    this.#miners = miners
    this.#stepMs = intervalMs / miners.length
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    const nowMs = monotonicMs()
    for (; this.#dueAtMs <= nowMs; this.#dueAtMs += this.#stepMs) {
      const isSent = this.#miners[this.#next]!.submitOne()
      if (!isSent) this.skipped++
      this.#next = (this.#next + 1) % this.#miners.length
    }
  }
}
