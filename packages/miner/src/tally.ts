import { formatHashrate } from './hashrate-text.js'

/** What the miner has done since it started. */
export class Tally {
  readonly #startedMs: number
  #hashes = 0
  #hashesAtLast = 0
  #lastMs: number
  accepted = 0
  rejected = 0
  blocks = 0

  constructor(nowMs: number) {
    this.#startedMs = nowMs
    this.#lastMs = nowMs
  }

  addHashes(count: number): void {
    this.#hashes += count
  }

  /** The status line. Its hashrate is that since the status line before. */
  status(nowMs: number, difficulty: number): string {
    const seconds = Math.max(nowMs - this.#lastMs, 1) / 1000
    const hashrate = formatHashrate((this.#hashes - this.#hashesAtLast) / seconds)
    this.#hashesAtLast = this.#hashes
    this.#lastMs = nowMs
    const upSeconds = Math.round((nowMs - this.#startedMs) / 1000)
    const shares = `${this.accepted} accepted, ${this.rejected} rejected, ${this.blocks} blocks`
    return `hashrate ${hashrate}, ${shares}, difficulty ${difficulty}, up ${upSeconds} s`
  }
}
