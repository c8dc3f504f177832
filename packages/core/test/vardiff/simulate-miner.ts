import { Vardiff, type VardiffOptions } from '../../src/vardiff/vardiff.js'

/** Numbers in [0, 1) that are the same on every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Hashes that a share of difficulty 1 takes on average: 2^256 / (0xffff * 2^208 + 1). */
export const HASHES_PER_DIFFICULTY = 2 ** 48 / 0xffff

const IDLE_EVERY_MS = 5_000

/** What a connection carries at most: ten shares a millisecond. */
const MIN_GAP_MS = 0.1

export interface Change {
  readonly atMs: number
  readonly difficulty: number
}

/** Hashes a second at a moment; a session sees it only through shares. */
export type Hashrate = (atMs: number) => number

/**
 * A miner whose shares are a Poisson process, before a vardiff that is asked every five seconds when idle. A new
 * difficulty holds for the miner after `latencyMs`; shares found before are still of the old one.
 */
export class SimulatedMiner {
  readonly vardiff: Vardiff
  readonly changes: Change[] = []
  shareCount = 0
  readonly #random: () => number
  readonly #hashrate: Hashrate
  readonly #latencyMs: number
  #minerDifficulty: number
  #pending: Change[] = []
  #nowMs = 0
  #nextIdleMs = IDLE_EVERY_MS

  constructor(options: VardiffOptions, hashrate: Hashrate, seed: number, latencyMs = 100) {
    this.vardiff = new Vardiff(options, 0)
    this.#random = seededRandom(seed)
    this.#hashrate = hashrate
    this.#latencyMs = latencyMs
    this.#minerDifficulty = options.startDifficulty
  }

  /** Lets time pass. The process has no memory, so each stretch of equal rate draws its own next share. */
  runUntil(untilMs: number): void {
    while (this.#nowMs < untilMs) {
      const switchMs = this.#pending[0]?.atMs ?? Infinity
      const eventMs = Math.min(switchMs, this.#nextIdleMs, untilMs)
      const shareMs = this.#nowMs + this.#drawGapMs()
      this.#nowMs = Math.min(shareMs, eventMs)
      if (shareMs < eventMs) this.#note(this.vardiff.onShare(this.#nowMs, this.#minerDifficulty), true)
      else if (eventMs === switchMs) this.#minerDifficulty = this.#pending.shift()!.difficulty
      else if (eventMs === this.#nextIdleMs) {
        this.#nextIdleMs += IDLE_EVERY_MS
        this.#note(this.vardiff.onIdle(this.#nowMs), false)
      }
    }
  }

  #drawGapMs(): number {
    const meanMs = (1000 * this.#minerDifficulty * HASHES_PER_DIFFICULTY) / this.#hashrate(this.#nowMs)
    return Math.max(-Math.log(1 - this.#random()) * meanMs, MIN_GAP_MS)
  }

  #note(difficulty: number | undefined, isShare: boolean): void {
    if (isShare) this.shareCount++
    if (difficulty === undefined) return
    this.changes.push({ atMs: this.#nowMs, difficulty })
    this.#pending.push({ atMs: this.#nowMs + this.#latencyMs, difficulty })
  }
}
