import { Worker } from 'node:worker_threads'
import type { NonceSearch, SearchResult } from './search-nonces.js'

interface Waiting {
  readonly resolve: (result: SearchResult) => void
  readonly reject: (error: Error) => void
}

/** One thread that searches nonces, so that the caller's own thread stays free. One search at a time. */
export class Hasher {
  readonly #worker: Worker
  #waiting: Waiting | undefined
  #failure: Error | undefined

  /** `threadUrl` is the compiled `hash-thread`. */
  constructor(threadUrl = new URL('./hash-thread.js', import.meta.url)) {
    this.#worker = new Worker(threadUrl)
    this.#worker.on('message', (result: SearchResult) => {
      const waiting = this.#waiting
      this.#waiting = undefined
      waiting?.resolve(result)
    })
    this.#worker.on('error', (error: Error) => this.#fail(error))
    this.#worker.on('exit', () => this.#fail(new Error('the hashing thread has ended')))
  }

  /** The nonces of the range that meet the target. Rejects when the thread has ended, or is still searching. */
  search(search: NonceSearch): Promise<SearchResult> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    if (this.#waiting !== undefined) return Promise.reject(new Error('the hasher is still searching'))
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#worker.postMessage(search)
    })
  }

  /** Ends the thread; a running search is rejected. */
  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(error: Error): void {
    this.#failure ??= error
    this.#waiting?.reject(this.#failure)
    this.#waiting = undefined
  }
}
