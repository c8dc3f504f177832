/** A worker as the database has it. */
export interface KnownWorker {
  readonly workerId: number
  readonly minerId: number
}

/** Some hundred bytes each. When there would be more, the database is asked about all of them again. */
export const MAX_KNOWN_WORKERS = 500_000

interface Named {
  readonly address: string
  readonly workerName: string
}

/** Rows that are committed: a worker keeps his number for good. */
export class KnownWorkers {
  readonly #maxWorkers: number
  readonly #workers = new Map<string, KnownWorker>()

  constructor(maxWorkers = MAX_KNOWN_WORKERS) {
    this.#maxWorkers = maxWorkers
  }

  find(worker: Named): KnownWorker | undefined {
    return this.#workers.get(keyOf(worker))
  }

  add(workers: readonly Named[], known: readonly KnownWorker[]): void {
    for (const [index, worker] of workers.entries()) {
      const key = keyOf(worker)
      if (this.#workers.has(key)) continue
      if (this.#workers.size >= this.#maxWorkers) this.forget()
      this.#workers.set(key, known[index]!)
    }
  }

  forget(): void {
    this.#workers.clear()
  }
}

/** An address has no space, so it is unambiguous. */
const keyOf = ({ address, workerName }: Named): string => `${address} ${workerName}`
