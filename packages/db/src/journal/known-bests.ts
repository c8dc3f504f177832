/** Of one worker: his lowest hash of a day, or ever, as a number. */
export interface KnownBest {
  readonly workerId: number
  readonly period: 'day' | 'ever'
  readonly startsAtMs: number
  readonly hashNumber: number
}

/** The lowest hashes of one worker, as numbers. */
interface Known {
  /** Start of the newest day that something is known of. */
  dayMs: number
  day: number
  ever: number
}

/**
 * Bests of which is known that the database has them, or better ones: nearly all bests of a segment are worse than
 * those, and need not be sent.
 */
export class KnownBests {
  readonly #maxWorkers: number
  readonly #workers = new Map<number, Known>()

  constructor(maxWorkers: number) {
    this.#maxWorkers = maxWorkers
  }

  isBetterOfDay(workerId: number, dayMs: number, hashNumber: number): boolean {
    const known = this.#workers.get(workerId)
    return known?.dayMs !== dayMs || hashNumber < known.day
  }

  isBetterEver(workerId: number, hashNumber: number): boolean {
    return hashNumber < (this.#workers.get(workerId)?.ever ?? Infinity)
  }

  /** What has been committed. */
  add(rows: readonly KnownBest[]): void {
    for (const row of rows) this.#addRow(row)
  }

  forget(): void {
    this.#workers.clear()
  }

  #addRow({ workerId, period, startsAtMs, hashNumber }: KnownBest): void {
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
