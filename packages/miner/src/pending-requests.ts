import type { RequestId } from '@headframe/core/stratum/request'
import { ConnectionError, PoolError } from './client-error.js'

interface Pending {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/** Requests that wait for their answer, by id. Ids count up from 1 and are never used twice. */
export class PendingRequests {
  readonly #maxCount: number
  readonly #timeoutMs: number
  readonly #byId = new Map<number, Pending>()
  #lastId = 0

  constructor(maxCount: number, timeoutMs: number) {
    this.#maxCount = maxCount
    this.#timeoutMs = timeoutMs
  }

  get size(): number {
    return this.#byId.size
  }

  /** Calls `send` with a fresh id, and waits for that id's answer. Rejects at once when too many wait already. */
  add(method: string, send: (id: number) => void): Promise<unknown> {
    if (this.#byId.size >= this.#maxCount) {
      return Promise.reject(new ConnectionError(`${this.#maxCount} requests wait for an answer already`))
    }
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#byId.delete(id)
        reject(new ConnectionError(`${method} was not answered within ${this.#timeoutMs / 1000} s`))
      }, this.#timeoutMs)
      this.#byId.set(id, { resolve, reject, timer })
      send(id)
    })
  }

  /** Passes an answer on; false when nobody waits for it. */
  settle(id: RequestId, result: unknown, error: unknown): boolean {
    const pending = typeof id === 'number' ? this.#byId.get(id) : undefined
    if (pending === undefined || typeof id !== 'number') return false
    this.#byId.delete(id)
    clearTimeout(pending.timer)
    if (error === null) pending.resolve(result)
    else pending.reject(PoolError.from(error))
    return true
  }

  rejectAll(error: Error): void {
    const all = [...this.#byId.values()]
    this.#byId.clear()
    for (const { reject, timer } of all) {
      clearTimeout(timer)
      reject(error)
    }
  }
}
