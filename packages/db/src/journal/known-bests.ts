import type { BestRow } from './insert-best-shares.js'

/** Some hundred bytes each. When there would be more, the database is asked about all of them again. */
export const MAX_KNOWN_WORKERS = 500_000

/** The lowest hashes of one worker, as numbers. */
interface Known {
  /** Start of the newest day that something is known of. */
  dayMs: number
  day: number
  ever: number
}

/**
 * Bests of which is known that the database has them, or better ones: nearly all bests of a segment are worse than
 * those, and need not be sent. Forget it whenever the database may be another than it was.
 */
export class KnownBests {
  readonly #maxWorkers: number
  readonly #workers = new Map<number, Known>()

  constructor(maxWorkers = MAX_KNOWN_WORKERS) {
    this.#maxWorkers = maxWorkers
  }

  isBetter({ workerId, period, startsAtMs, hashNumber }: BestRow): boolean {
    const known = this.#workers.get(workerId)
    if (known === undefined) return true
    if (period === 'ever') return hashNumber < known.ever
    return startsAtMs !== known.dayMs || hashNumber < known.day
  }

  /** What has been committed. */
  add(rows: readonly BestRow[]): void {
    for (const row of rows) this.#addRow(row)
  }

  forget(): void {
    this.#workers.clear()
  }

  #addRow({ workerId, period, startsAtMs, hashNumber }: BestRow): void {
    const known = this.#knownOf(workerId)
    if (period === 'ever') known.ever = Math.min(known.ever, hashNumber)
    else if (startsAtMs === known.dayMs) known.day = Math.min(known.day, hashNumber)
    else if (startsAtMs > known.dayMs) {
      known.dayMs = startsAtMs
      known.day = hashNumber
    }
  }

  #knownOf(workerId: number): Known {
    let known = this.#workers.get(workerId)
    if (known === undefined) {
      if (this.#workers.size >= this.#maxWorkers) this.forget()
      known = { dayMs: -Infinity, day: Infinity, ever: Infinity }
      this.#workers.set(workerId, known)
    }
    return known
  }
}
