import { difficultyOf, HASHES_PER_DIFFICULTY } from './guessed-range.js'
import { Vardiff, type VardiffOptions } from './vardiff.js'

/** How a miner and its connection behave. */
export interface MinerModel {
  /** H/s at a moment; a session sees it only through shares. */
  readonly hashrate: (atMs: number) => number
  /** From a new difficulty until its first shares can arrive; until then those of the old one do. */
  readonly roundTripMs: number
  /** What the connection carries; shares above it are not submitted. */
  readonly maxSharesPerSecond: number
  /** Shares wait so long for a common packet; 0 sends each by itself. */
  readonly packetMs: number
  readonly random: () => number
}

export interface DifficultyChange {
  readonly atMs: number
  readonly difficulty: number
  /** Shares that had arrived. */
  readonly shareCount: number
}

/** How often the server asks a session that is idle. */
const IDLE_EVERY_MS = 1_000

/** What the server needs for a share, so that those of one packet are not at one instant. */
const SHARE_MS = 0.015

/**
 * A miner whose shares are a Poisson process, and the vardiff of its session. For tests and the tables of
 * docs/vardiff.md: what it does follows from its arguments alone.
 */
export class SimulatedMiner {
  readonly vardiff: Vardiff
  readonly changes: DifficultyChange[] = []
  /** Shares that arrived. */
  shareCount = 0
  readonly #options: VardiffOptions
  readonly #model: MinerModel
  /** What the shares that arrive now were assigned. */
  #minerDifficulty: number
  readonly #onTheirWay: DifficultyChange[] = []
  /** Found and not yet sent: assigned difficulties. */
  readonly #packet: number[] = []
  #nowMs = 0
  #nextIdleMs = IDLE_EVERY_MS
  #nextPacketMs: number

  constructor(options: VardiffOptions, model: MinerModel) {
    this.vardiff = new Vardiff(options, 0)
    this.#options = options
    this.#model = model
    this.#minerDifficulty = options.startDifficulty
    this.#nextPacketMs = model.packetMs === 0 ? Infinity : model.packetMs
  }

  get nowMs(): number {
    return this.#nowMs
  }

  /** At which it finds exactly the wanted shares now. */
  get idealDifficulty(): number {
    return difficultyOf(this.#model.hashrate(this.#nowMs), this.#options.sharesPerMinute)
  }

  /** Lets time pass. The process has no memory, so each stretch of equal rate draws its own next share. */
  runUntil(untilMs: number): void {
    while (this.#nowMs < untilMs) {
      const switchMs = this.#onTheirWay[0]?.atMs ?? Infinity
      const nextMs = Math.min(switchMs, this.#nextIdleMs, this.#nextPacketMs, untilMs)
      const shareMs = this.#nowMs + this.#drawGapMs()
      if (shareMs < nextMs) this.#find(shareMs)
      else this.#pass(nextMs)
    }
  }

  /** Sends a new difficulty: the vardiff's own, or one that was asked for by hand. */
  note(difficulty: number | undefined): void {
    if (difficulty === undefined) return
    const change = { atMs: this.#nowMs, difficulty, shareCount: this.shareCount }
    this.changes.push(change)
    this.#onTheirWay.push({ ...change, atMs: this.#nowMs + this.#model.roundTripMs })
  }

  #find(shareMs: number): void {
    this.#nowMs = shareMs
    if (this.#model.packetMs > 0) this.#packet.push(this.#minerDifficulty)
    else this.#arrive(this.#minerDifficulty)
  }

  #pass(nextMs: number): void {
    // A packet takes its time: what was due meanwhile comes after it.
    this.#nowMs = Math.max(this.#nowMs, nextMs)
    if (nextMs === this.#onTheirWay[0]?.atMs) this.#minerDifficulty = this.#onTheirWay.shift()!.difficulty
    if (nextMs === this.#nextPacketMs) {
      this.#nextPacketMs += this.#model.packetMs
      this.#sendPacket()
    }
    if (nextMs === this.#nextIdleMs) {
      this.#nextIdleMs += IDLE_EVERY_MS
      this.note(this.vardiff.onIdle(this.#nowMs))
    }
  }

  #sendPacket(): void {
    for (const difficulty of this.#packet) {
      this.#arrive(difficulty)
      this.#nowMs += SHARE_MS
    }
    this.#packet.length = 0
  }

  #arrive(assignedDifficulty: number): void {
    this.shareCount++
    this.note(this.vardiff.onShare(this.#nowMs, assignedDifficulty))
  }

  #drawGapMs(): number {
    const { hashrate, maxSharesPerSecond, random } = this.#model
    const perSecond = hashrate(this.#nowMs) / (this.#minerDifficulty * HASHES_PER_DIFFICULTY)
    return (-Math.log(1 - random()) * 1000) / Math.min(perSecond, maxSharesPerSecond)
  }
}
