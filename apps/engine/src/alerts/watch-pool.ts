import { statfs } from 'node:fs/promises'
import type { LiveFacts, PoolFacts } from '@headframe/core/alert/judge-pool'
import type { MinerLuck } from '@headframe/core/alert/judge-withholding'
import { poolEvents } from '@headframe/core/alert/pool-events'
import type { RaisedAlert } from '@headframe/core/alert/event'
import type { LiveKeys } from '@headframe/core/live/live-feed'
import { listAlarms } from '@headframe/db/alarm/alarms'
import { listPoolHappened } from '@headframe/db/alert/list-happened'
import { OPERATORS_ID, readOwner } from '@headframe/db/alert/owner'
import { listLuck, readLogWaitingSince, readStarts } from '@headframe/db/alert/read-pool-facts'
import { listChoices } from '@headframe/db/alert/rules'
import { watchOwner } from '@headframe/db/alert/watch-owner'
import type { Database } from '@headframe/db/database'
import { readControl } from '@headframe/db/payout/control'
import { listOpenPayouts } from '@headframe/db/payout/list-overviews'
import { readChainTip } from '@headframe/db/pool/read-chain-tip'
import { readRecordEnd } from '@headframe/db/pool/read-record-end'
import type { Redis } from 'ioredis'
import { readLiveFacts } from './live-facts.js'
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
  /** Fails at once while Redis is away. */
  readonly redis: Redis
  readonly keys: LiveKeys
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
    const { db, nowMs } = this.#modules
    const owner = await readOwner(db.pool, OPERATORS_ID)
    const facts = await this.#gather(nowMs())
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

  async #gather(nowMs: number): Promise<PoolFacts> {
    const { db, sharesSeenAtMs } = this.#modules
    const live = await this.#readLive(nowMs)
    const [tip, end, alarms, payouts, waitingSinceMs] = await Promise.all([
      readChainTip(db.pool),
      readRecordEnd(db.pool),
      listAlarms(db.pool, MAX_LISTED),
      listPayoutTroubles(db, nowMs),
      readLogWaitingSince(db.pool),
    ])
    return {
      nowMs,
      live,
      redisAwaySinceMs: this.#redisAwaySinceMs,
      tip,
      record: { ...end, sharesSeenAtMs: sharesSeenAtMs() },
      alarms,
      payouts,
      publicLog: { waitingSinceMs, epochMs: this.#options.epochMs },
      disk: await this.#readDisk(),
      restartsLately: await this.#countRestarts(nowMs),
      luck: await this.#readLuck(nowMs),
    }
  }

  async #readLive(nowMs: number): Promise<LiveFacts | undefined> {
    const { redis, keys } = this.#modules
    try {
      const live = await readLiveFacts(redis, keys, this.#connections.most(nowMs), nowMs)
      this.#redisAwaySinceMs = undefined
      this.#connections.add(nowMs, live.connections)
      return live
    } catch {
      this.#redisAwaySinceMs ??= nowMs
      return undefined
    }
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

async function listPayoutTroubles({ pool }: Database, nowMs: number): Promise<PoolFacts['payouts']> {
  const [control, open] = await Promise.all([readControl(pool), listOpenPayouts(pool, MAX_LISTED)])
  const { paused, problem } = control
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
