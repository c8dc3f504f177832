import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks'

const RESOLUTION_MS = 5
const NS_PER_MS = 1e6

/** How late this process comes to its work, looked at every few ms. */
export class EventLoopDelay {
  readonly #histogram: IntervalHistogram

  constructor() {
    this.#histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
    this.#histogram.enable()
  }

  /** What 99 % of the delays since the last call were below, ms. */
  takeP99Ms(): number {
    // The histogram has whole intervals: what is above the interval that was asked for is the delay.
    const p99Ms = this.#histogram.percentile(99) / NS_PER_MS - RESOLUTION_MS
    this.#histogram.reset()
    return Math.max(0, Math.round(p99Ms * 100) / 100)
  }

  close(): void {
    this.#histogram.disable()
  }
}
