import { statfs } from 'node:fs/promises'
import type { LiveFacts, PoolFacts } from '@headframe/core/alert/judge-pool'
import type { MinerLuck } from '@headframe/core/alert/judge-withholding'
import { poolEvents } from '@headframe/core/alert/pool-events'
import type { RaisedAlert } from '@headframe/core/alert/event'
import { listPoolHappened } from '@headframe/db/alert/list-happened'
import { OPERATORS_ID, readOwner } from '@headframe/db/alert/owner'
import { listLuck, readStarts } from '@headframe/db/alert/read-pool-facts'
import { listChoices } from '@headframe/db/alert/rules'
import { watchOwner } from '@headframe/db/alert/watch-owner'
import type { Database } from '@headframe/db/database'
import type { PayoutControl } from '@headframe/db/payout/control'
import { listOpenPayouts } from '@headframe/db/payout/list-overviews'
import type { PoolObserver, Seen } from '../status/pool-observer.js'
import { liveFacts } from './live-facts.js'
import { Recent } from './recent.js'

const MAX_LISTED = 100
/** What happened while nobody looked for longer than this is not told any more. */
export const LOOK_BACK_MS = 2 * 86_400_000
const CONNECTIONS_WITHIN_MS = 300_000
const STARTS_WITHIN_MS = 600_000
/** The luck of miners changes slowly, and takes all daily rollups to see. */
const LUCK_EVERY_MS = 6 * 3_600_000

export interface WatchPoolOptions {
  readonly dataDir: string
  readonly epochMs: number
}

export interface WatchPoolModules {
  readonly db: Database
  readonly observer: PoolObserver
  /** When the live feed last told of shares. */
  readonly sharesSeenAtMs: () => number | undefined
  readonly nowMs: () => number
}

/** Looks how the pool stands, from where each of it is kept, and writes down what the operators are to be told. */
export class WatchPool {
  readonly #options: WatchPoolOptions
  readonly #modules: WatchPoolModules
  readonly #connections = new Recent(CONNECTIONS_WITHIN_MS)
  readonly #starts = new Recent(STARTS_WITHIN_MS)
  #knownStarts: ReadonlyMap<string, number> | undefined
  #redisAwaySinceMs: number | undefined
  #luck: { readonly atMs: number; readonly miners: readonly MinerLuck[] } | undefined

  constructor(options: WatchPoolOptions, modules: WatchPoolModules) {
    this.#options = options
    this.#modules = modules
  }

  /** Returns how many events were new. Throws when the database is away. */
  async look(): Promise<number> {
    const { db, nowMs, observer } = this.#modules
    const owner = await readOwner(db.pool, OPERATORS_ID)
    const facts = await this.#gather(await observer.look())
    const since = Math.max(owner.createdAtMs, nowMs() - LOOK_BACK_MS)
    const [happened, choices] = await Promise.all([
      listPoolHappened(db.pool, since),
      listChoices(db.pool, OPERATORS_ID),
    ])
    return watchOwner(db, OPERATORS_ID, (memories) =>
      poolEvents(facts, happened, choices, memories as ReadonlyMap<string, readonly RaisedAlert[]>).map(
        ({ rule, raised, events }) => ({ rule, memory: raised.length === 0 ? undefined : raised, events }),
      ),
    )
  }

  async #gather({ nowMs, live: reports, books }: Seen): Promise<PoolFacts> {
    const { db, sharesSeenAtMs } = this.#modules
    if (books === undefined) throw new Error('the database does not answer')
    const live = this.#judgeLive(reports, nowMs)
    return {
      nowMs,
      live,
      redisAwaySinceMs: this.#redisAwaySinceMs,
      tip: books.tip,
      record: { ...books.end, sharesSeenAtMs: sharesSeenAtMs() },
      alarms: books.alarms,
      payouts: await listPayoutTroubles(db, books.control, nowMs),
      publicLog: { waitingSinceMs: books.unpublishedSinceMs, epochMs: this.#options.epochMs },
      disk: await this.#readDisk(),
      restartsLately: await this.#countRestarts(nowMs),
      luck: await this.#readLuck(nowMs),
    }
  }

  #judgeLive(reports: Seen['live'], nowMs: number): LiveFacts | undefined {
    if (reports === undefined) {
      this.#redisAwaySinceMs ??= nowMs
      return undefined
    }
    this.#redisAwaySinceMs = undefined
    const live = liveFacts(reports, this.#connections.most(nowMs), nowMs)
    this.#connections.add(nowMs, live.connections)
    return live
  }

  /** Undefined where the folder is not: `serve` may run elsewhere. */
  async #readDisk(): Promise<PoolFacts['disk']> {
    try {
      const { bavail, blocks, bsize } = await statfs(this.#options.dataDir)
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
    } catch {
      return undefined
    }
  }

  /** Starts since the look before are added; a process that was never seen has not been started again. */
  async #countRestarts(nowMs: number): Promise<number> {
    const starts = await readStarts(this.#modules.db.pool)
    let news = 0
    for (const [writerId, count] of starts) news += count - (this.#knownStarts?.get(writerId) ?? count)
    this.#knownStarts = starts
    this.#starts.add(nowMs, news)
    return this.#starts.sum(nowMs)
  }

  async #readLuck(nowMs: number): Promise<readonly MinerLuck[]> {
    if (this.#luck === undefined || nowMs - this.#luck.atMs >= LUCK_EVERY_MS)
      this.#luck = { atMs: nowMs, miners: await listLuck(this.#modules.db.pool) }
    return this.#luck.miners
  }
}

async function listPayoutTroubles(
  { pool }: Database,
  { paused, problem }: PayoutControl,
  nowMs: number,
): Promise<PoolFacts['payouts']> {
  const open = await listOpenPayouts(pool, MAX_LISTED)
  return [
    ...(paused === undefined
      ? []
      : [
          {
            subject: 'paused',
            message: `Payouts are paused by ${paused.by}: ${paused.reason}`,
            sinceMs: paused.sinceMs,
          },
        ]),
    ...(problem === undefined
      ? []
      : [
          {
            subject: 'all',
            message: `Payouts stand still: ${problem.problem}: ${problem.detail}`,
            sinceMs: problem.sinceMs,
          },
        ]),
    ...open.flatMap(({ id, problem: of, awaitsApproval, createdAtMs }) => [
      ...(of === undefined
        ? []
        : [
            {
              subject: `payout ${id}`,
              message: `Payout ${id} stands still: ${of.problem}: ${of.detail}`,
              sinceMs: of.sinceMs,
            },
          ]),
      ...(awaitsApproval
        ? [
            {
              subject: `approval ${id}`,
              message: `Payout ${id} waits for an operator's approval`,
              sinceMs: Math.min(createdAtMs, nowMs),
            },
          ]
        : []),
    ]),
  ]
}
