import type { SoakMiner } from './soak-miner.js'
import type { TipClock } from './tip-clock.js'

/** Work on a tip that was replaced so long ago is stale. */
export const MAX_STALE_MS = 2_000

/** How long miners stay behind a new tip; as exact as the time between two looks. */
export class StaleWatch {
  readonly #miners: readonly SoakMiner[]
  readonly #clock: TipClock
  /** Of each miner, the tip that it was last seen on stale work for, by when the tip came. */
  readonly #staleSinceMs: Float64Array
  /** The tip of each miner's work when it was seen last. */
  #seen: readonly (string | undefined)[] = []
  /** How often a miner was on stale work: once for each tip at most. */
  staleCount = 0
  /** The longest that a miner was behind. */
  worstMs = 0

  constructor(miners: readonly SoakMiner[], clock: TipClock) {
    this.#miners = miners
    this.#clock = clock
    this.#staleSinceMs = new Float64Array(miners.length)
  }

  /** To be called before the nodes are asked: a miner may hear of a tip while they are, and be ahead of the answer. */
  see(): void {
    this.#seen = this.#miners.map(({ tip }) => tip)
  }

  /** Holds what was seen against the clock. */
  look(nowMs: number): void {
    for (const [index, miner] of this.#miners.entries()) this.#lookAt(index, miner, nowMs)
  }

  #lookAt(index: number, miner: SoakMiner, nowMs: number): void {
    const { tips, sinceMs } = this.#clock
    // No node, no tip; and who has no work has none that is stale.
    const tip = this.#seen[index]
    if (tips.size === 0 || tip === undefined || tips.has(tip)) return
    const behindMs = nowMs - Math.max(sinceMs, miner.readyAtMs)
    this.worstMs = Math.max(this.worstMs, behindMs)
    if (behindMs <= MAX_STALE_MS || this.#staleSinceMs[index] === sinceMs) return
    this.#staleSinceMs[index] = sinceMs
    this.staleCount++
  }
}
