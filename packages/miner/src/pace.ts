/** Longest stretch of hashing, ms: a new job is taken up after it at the latest. */
const SLICE_MS = 100

/** Hashes of a first slice, before the speed of the machine is known. */
const FIRST_SLICE_HASHES = 4096

/** Bounds how fast one thread hashes, and cuts its work into slices of about a tenth of a second. */
export class Pace {
  readonly #maxHashesPerMs: number
  #hashesPerMs: number
  #freeAtMs = 0

  /** `maxHashrate` in hashes a second; Infinity for as fast as it goes. */
  constructor(maxHashrate: number) {
    this.#maxHashesPerMs = maxHashrate / 1000
    this.#hashesPerMs = Math.min(this.#maxHashesPerMs, FIRST_SLICE_HASHES / SLICE_MS)
  }

  /** How many hashes to do next. */
  get sliceHashes(): number {
    return Math.max(1, Math.floor(this.#hashesPerMs * SLICE_MS))
  }

  /** After a slice: ms to rest before the next one. Time that was not used is not caught up. */
  restMs(startedMs: number, endedMs: number, hashes: number): number {
    const possible = hashes / Math.max(endedMs - startedMs, 0.1)
    this.#hashesPerMs = Math.min(possible, this.#maxHashesPerMs)
    this.#freeAtMs = Math.max(this.#freeAtMs, startedMs) + hashes / this.#maxHashesPerMs
    return Math.max(0, this.#freeAtMs - endedMs)
  }
}
