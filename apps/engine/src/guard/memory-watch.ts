/** Asking the system is a hundred times dearer than answering from memory. */
const SAMPLE_INTERVAL_MS = 250

/** Whether the process has more memory than it should; asks the system now and then. */
export class MemoryWatch {
  readonly #maxBytes: number
  readonly #memoryBytes: () => number
  #isOver = false
  #askedAtMs = -Infinity

  constructor(maxBytes: number, memoryBytes: () => number) {
    this.#maxBytes = maxBytes
    this.#memoryBytes = memoryBytes
  }

  isOver(nowMs: number): boolean {
    if (this.#maxBytes !== Infinity && nowMs - this.#askedAtMs >= SAMPLE_INTERVAL_MS) {
      this.#isOver = this.#memoryBytes() > this.#maxBytes
      this.#askedAtMs = nowMs
    }
    return this.#isOver
  }
}
