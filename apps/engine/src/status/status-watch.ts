import type { LiveKeys } from '@headframe/core/live/live-feed'
import { judgeParts, type Observation } from '@headframe/core/status/judge-parts'
import type { PartFinding } from '@headframe/core/status/part'
import type { Database } from '@headframe/db/database'
import { observeBooks } from '@headframe/db/status/observe-books'
import { MAX_LOOK_GAP_MS, recordLook } from '@headframe/db/status/record-look'
import type { Redis } from 'ioredis'
import type { Log } from '../log.js'
import { readReports } from './read-reports.js'

export interface StatusWatchOptions {
  readonly keys: LiveKeys
  readonly hasCanary: boolean
  readonly paysOnChain: boolean
  readonly epochMs: number
}

export interface StatusWatchModules {
  readonly db: Database
  readonly redis: Redis
  /** Names of the tasks that fail now. */
  readonly failingTasks: () => readonly string[]
  readonly log: Log
  readonly nowMs: () => number
}

const LOOK_INTERVAL_MS = 5_000

interface Missed {
  readonly atMs: number
  readonly findings: readonly PartFinding[]
}

/**
 * Looks at every part of the pool again and again, and keeps what it finds and the incidents that follow from it. It is no
 * task of BullMQ, because it has to look when Redis is away, too.
 */
export class StatusWatch {
  readonly #options: StatusWatchOptions
  readonly #modules: StatusWatchModules
  /** Since when looks have followed each other; a machine that slept has looked at nothing. */
  #sinceMs: number
  #lookedAtMs: number
  /** Looks that could not be written down: the first and the last, which tell when the database went and that it was away. */
  #firstMissed: Missed | undefined
  #lastMissed: Missed | undefined
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined

  constructor(options: StatusWatchOptions, modules: StatusWatchModules) {
    this.#options = options
    this.#modules = modules
    this.#sinceMs = this.#lookedAtMs = modules.nowMs()
  }

  start(): void {
    this.#timer = setInterval(() => this.#begin(), LOOK_INTERVAL_MS)
    this.#begin()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  /** Looks once. Never rejects. */
  async look(): Promise<void> {
    const { db, log } = this.#modules
    const seen = await this.#observe()
    if (seen.nowMs - this.#lookedAtMs > MAX_LOOK_GAP_MS) this.#sinceMs = seen.nowMs
    this.#lookedAtMs = seen.nowMs
    const now: Missed = { atMs: seen.nowMs, findings: judgeParts(seen) }
    if (typeof seen.database === 'string') {
      this.#miss(now)
      return
    }
    try {
      const missed = [this.#firstMissed, this.#lastMissed].filter((look) => look !== undefined)
      for (const look of [...missed, now]) await recordLook(db, { ...look, sinceMs: this.#sinceMs })
      this.#firstMissed = undefined
      this.#lastMissed = undefined
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'how the pool stands could not be written down')
    }
  }

  #begin(): void {
    this.#looking ??= this.look().finally(() => (this.#looking = undefined))
  }

  #miss(look: Missed): void {
    if (this.#firstMissed === undefined) this.#firstMissed = look
    else this.#lastMissed = look
  }

  async #observe(): Promise<Observation> {
    const { db, redis, failingTasks, nowMs } = this.#modules
    const { keys, ...options } = this.#options
    const [live, database] = await Promise.all([
      readReports(redis, keys, nowMs()).catch(() => 'the live feed (Redis) does not answer'),
      observeBooks(db.pool).catch(() => 'the database does not answer'),
    ])
    return { ...options, nowMs: nowMs(), live, database, failingTasks: failingTasks() }
  }
}
