/**
 * Answers that are the same for every visitor, kept for a moment: a page that a thousand people look at asks the
 * database once. While an answer is on its way everybody waits for the same one; errors are not kept.
 */
export class MomentCache {
  readonly #entries = new Map<string, { readonly bornAtMs: number; readonly value: Promise<unknown> }>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  get<T>(key: string, make: () => Promise<T>): Promise<T> {
    const nowMs = this.#nowMs()
    const held = this.#entries.get(key)
    // The key says which `make` filled the entry, and so its type.
    if (held !== undefined && nowMs - held.bornAtMs < KEPT_MS) return held.value as Promise<T>
    this.#makeRoom(nowMs)
    const value = make()
    this.#entries.set(key, { bornAtMs: nowMs, value })
    value.catch(() => {
      if (this.#entries.get(key)?.value === value) this.#entries.delete(key)
    })
    return value
  }

  #makeRoom(nowMs: number): void {
    if (this.#entries.size < MAX_ENTRIES) return
    for (const [key, entry] of this.#entries) if (nowMs - entry.bornAtMs >= KEPT_MS) this.#entries.delete(key)
    // Still full: the oldest goes, a Map keeps the order of insertion.
    const [oldest] = this.#entries.keys()
    if (this.#entries.size >= MAX_ENTRIES && oldest !== undefined) this.#entries.delete(oldest)
  }
}

const KEPT_MS = 1_000
export const MAX_ENTRIES = 200
