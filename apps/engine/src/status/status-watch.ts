import {
  judgeParts,
  type DatabaseObservation,
  type LiveObservation,
  type Observation,
} from '@headframe/core/status/judge-parts'
import type { PartFinding } from '@headframe/core/status/part'
import type { Database } from '@headframe/db/database'
import type { Books } from '@headframe/db/status/observe-books'
import { MAX_LOOK_GAP_MS, recordLook } from '@headframe/db/status/record-look'
import type { Log } from '../log.js'
import type { PoolObserver } from './pool-observer.js'
import type { LiveReports } from './read-reports.js'

export interface StatusWatchOptions {
  readonly hasCanary: boolean
  readonly paysOnChain: boolean
  readonly epochMs: number
}

export interface StatusWatchModules {
  readonly db: Database
  readonly observer: PoolObserver
  /** Names of the tasks that fail now. */
  readonly failingTasks: () => readonly string[]
  readonly log: Log
  readonly nowMs: () => number
}

const LOOK_INTERVAL_MS = 5_000
/** Who has not reported for so long is gone: stratum processes report every second. */
const GONE_AFTER_MS = 15_000

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
    const { observer, failingTasks } = this.#modules
    const { nowMs, live, books } = await observer.look()
    return {
      ...this.#options,
      nowMs,
      live: live === undefined ? 'the live feed (Redis) does not answer' : reportsOf(live, nowMs),
      database: books === undefined ? 'the database does not answer' : stateOf(books),
      failingTasks: failingTasks(),
    }
  }
}

function reportsOf({ processes, ...live }: LiveReports, nowMs: number): LiveObservation {
  return { ...live, processes: processes.filter(({ atMs }) => nowMs - atMs <= GONE_AFTER_MS) }
}

function stateOf({
  end,
  control: { paused, problem },
  unpublishedSinceMs,
  alarms,
}: Books): DatabaseObservation {
  const { journalEndMs, rollupEndMs, isRolledUp } = end
  return {
    ...{ journalEndMs, rollupEndMs, isRolledUp, unpublishedSinceMs },
    payoutsPaused: paused?.reason,
    payoutProblem: problem?.problem,
    alarms: [...new Set(alarms.map(({ name }) => name))],
  }
}
