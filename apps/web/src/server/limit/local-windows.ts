/** Callers that are told apart in one window; those beyond share one count. */
export const MAX_KEYS = 20_000
const OTHERS = '(others)'

/** Counts of this process alone, for when Redis is away. */
export class LocalWindows {
  readonly #counts = new Map<string, number>()
  readonly #maxKeys: number
  #window = 0

  constructor(maxKeys = MAX_KEYS) {
    this.#maxKeys = maxKeys
  }

  /** The count of `key` in this window, this call included. Windows never go back. */
  count(key: string, window: number): number {
    if (window !== this.#window) {
      this.#counts.clear()
      this.#window = window
    }
    const isKnown = this.#counts.has(key) || this.#counts.size < this.#maxKeys
    const counted = isKnown ? key : OTHERS
    const count = (this.#counts.get(counted) ?? 0) + 1
    this.#counts.set(counted, count)
    return count
  }
}
