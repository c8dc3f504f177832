/** An answer, or one on its way. */
interface Entry {
  readonly value: Promise<unknown>
  readonly bornAtMs: number
  isThere: boolean
  /** What has been asked for since. */
  next: Promise<unknown> | undefined
}

/**
 * Answers that are the same for every visitor, kept for a moment: a page that a thousand people look at asks the
 * database once. While the first answer is on its way everybody waits for it; while the next one is, everybody gets the
 * one before, for a moment more. Errors are not kept.
 */
export class MomentCache {
  readonly #entries = new Map<string, Entry>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  get<T>(key: string, make: () => Promise<T>): Promise<T> {
    const nowMs = this.#nowMs()
    const held = this.#entries.get(key)
    const ageMs = held === undefined ? Infinity : nowMs - held.bornAtMs
    // The key says which `make` filled the entry, and so its type.
    if (ageMs < KEPT_MS) return held!.value as Promise<T>
    if (held?.isThere !== true) return this.#put(key, nowMs, make())
    held.next ??= this.#renew(key, held, nowMs, make())
    return (ageMs < STALE_MS ? held.value : held.next) as Promise<T>
  }

  #put<T>(key: string, nowMs: number, value: Promise<T>): Promise<T> {
    this.#makeRoom(nowMs)
    const entry: Entry = { value, bornAtMs: nowMs, isThere: false, next: undefined }
    this.#entries.set(key, entry)
    value.then(
      () => (entry.isThere = true),
      () => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key)
      },
    )
    return value
  }

  /** Takes the place of `held` when it is there. */
  #renew<T>(key: string, held: Entry, nowMs: number, value: Promise<T>): Promise<T> {
    value.then(
      () => {
        if (this.#entries.get(key) === held)
          this.#entries.set(key, { value, bornAtMs: nowMs, isThere: true, next: undefined })
      },
      // Who waits for no answer hears of no error; whoever comes next asks again.
      () => (held.next = undefined),
    )
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
/** So old an answer is given to nobody. */
const STALE_MS = 2_000
export const MAX_ENTRIES = 200
