import type { RequestId } from '@headframe/core/stratum/request'
import { ConnectionError, PoolError } from './client-error.js'

interface Pending {
  /** Reads the result, and resolves with what was read. */
  readonly settle: (result: unknown) => void
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

  /**
   * Calls `send` with a fresh id, and waits for that id's answer. `read` is called with the result while its line is
   * being read, so before the lines behind it, which may be in the same packet; when it throws, the request is
   * rejected. Rejects at once when too many wait already.
   */
  add<Result>(
    method: string,
    send: (id: number) => void,
    read: (result: unknown) => Result,
  ): Promise<Result> {
    if (this.#byId.size >= this.#maxCount) {
      return Promise.reject(new ConnectionError(`${this.#maxCount} requests wait for an answer already`))
    }
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#byId.delete(id)
        reject(new ConnectionError(`${method} was not answered within ${this.#timeoutMs / 1000} s`))
      }, this.#timeoutMs)
      const settle = (result: unknown) => {
        try {
          resolve(read(result))
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      }
      this.#byId.set(id, { settle, reject, timer })
      send(id)
    })
  }

  /** Passes an answer on; false when nobody waits for it. */
  settle(id: RequestId, result: unknown, error: unknown): boolean {
    const pending = typeof id === 'number' ? this.#byId.get(id) : undefined
    if (pending === undefined || typeof id !== 'number') return false
    this.#byId.delete(id)
    clearTimeout(pending.timer)
    if (error === null) pending.settle(result)
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
