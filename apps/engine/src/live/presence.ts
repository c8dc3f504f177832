/** A worker with at least one connection to this process. */
export interface WorkerPresence {
  readonly address: string
  readonly workerName: string
  connections: number
  /** Since when at least one of them was there. */
  readonly connectedAtMs: number
  /** Difficulty of the connection that changed last. */
  difficulty: number
  lastShareAtMs: number | undefined
  userAgent: string
}

/** Entries to be published; beyond it nobody is told of who leaves, and what was published of him grows old. */
export const MAX_CHANGED_WORKERS = 65_536

/** Who is connected to this process, and whose entry has changed since it was last published. */
export class Presence {
  readonly #workers = new Map<string, WorkerPresence>()
  readonly #changed = new Set<WorkerPresence>()

  get workerCount(): number {
    return this.#workers.size
  }

  /** Whose workers are connected. */
  addresses(): Set<string> {
    return new Set([...this.#workers.values()].map(({ address }) => address))
  }

  join(
    address: string,
    workerName: string,
    userAgent: string,
    difficulty: number,
    nowMs: number,
  ): WorkerPresence {
    const key = `${address}.${workerName}`
    let worker = this.#workers.get(key)
    if (worker === undefined) {
      worker = {
        address,
        workerName,
        connections: 0,
        connectedAtMs: nowMs,
        difficulty,
        lastShareAtMs: undefined,
        userAgent,
      }
      this.#workers.set(key, worker)
    }
    worker.connections++
    worker.difficulty = difficulty
    worker.userAgent = userAgent
    this.#changed.add(worker)
    return worker
  }

  leave(worker: WorkerPresence): void {
    worker.connections--
    this.#changed.add(worker)
    if (worker.connections > 0) return
    this.#workers.delete(`${worker.address}.${worker.workerName}`)
    if (this.#changed.size > MAX_CHANGED_WORKERS) this.#changed.delete(worker)
  }

  touch(worker: WorkerPresence): void {
    this.#changed.add(worker)
  }

  /** All workers count as changed, so that what is published does not grow old. */
  touchAll(): void {
    for (const worker of this.#workers.values()) this.#changed.add(worker)
  }

  /** Takes up to `limit` changed workers; the rest stay for the next call. */
  takeChanged(limit: number): WorkerPresence[] {
    const taken: WorkerPresence[] = []
    for (const worker of this.#changed) {
      if (taken.length === limit) break
      taken.push(worker)
      this.#changed.delete(worker)
    }
    return taken
  }
}
