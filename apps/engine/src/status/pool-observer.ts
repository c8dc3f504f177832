import type { LiveKeys } from '@headframe/core/live/live-feed'
import type { Database } from '@headframe/db/database'
import { observeBooks, type Books } from '@headframe/db/status/observe-books'
import type { Redis } from 'ioredis'
import { readReports, type LiveReports } from './read-reports.js'

/** All that is known of the pool at one moment; undefined: that source does not answer. */
export interface Seen {
  readonly nowMs: number
  readonly live: LiveReports | undefined
  readonly books: Books | undefined
}

export interface PoolObserverModules {
  readonly db: Pick<Database, 'pool'>
  /** Fails at once while Redis is away. */
  readonly redis: Redis
  readonly keys: LiveKeys
  readonly nowMs: () => number
}

/**
 * Looks at the pool for everybody who judges it, so that the status page and the operators' alerts go by the same: who
 * asks within `keptMs` of a look is given that one.
 */
export class PoolObserver {
  readonly #keptMs: number
  readonly #modules: PoolObserverModules
  #last: { readonly atMs: number; readonly seen: Promise<Seen> } | undefined

  constructor(keptMs: number, modules: PoolObserverModules) {
    this.#keptMs = keptMs
    this.#modules = modules
  }

  /** Never rejects. */
  look(): Promise<Seen> {
    const nowMs = this.#modules.nowMs()
    if (this.#last === undefined || Math.abs(nowMs - this.#last.atMs) >= this.#keptMs)
      this.#last = { atMs: nowMs, seen: this.#look(nowMs) }
    return this.#last.seen
  }

  async #look(nowMs: number): Promise<Seen> {
    const { db, redis, keys } = this.#modules
    const [live, books] = await Promise.all([
      readReports(redis, keys).catch(() => undefined),
      observeBooks(db.pool).catch(() => undefined),
    ])
    return { nowMs, live, books }
  }
}
