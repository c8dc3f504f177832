import type { RaisedAlert } from '@headframe/core/alert/event'
import { minerEvents, type MinerFacts } from '@headframe/core/alert/miner-events'
import type { LiveKeys } from '@headframe/core/live/live-feed'
import { listMinerHappened } from '@headframe/db/alert/list-happened'
import { listWatchedMiners, type AlertOwner } from '@headframe/db/alert/owner'
import { listWatchedWorkers, readHashrateFacts, readRejectFacts } from '@headframe/db/alert/read-miner-facts'
import { listChoices } from '@headframe/db/alert/rules'
import { watchOwner } from '@headframe/db/alert/watch-owner'
import type { Database } from '@headframe/db/database'
import { readRecordEnd, type RecordEnd } from '@headframe/db/pool/read-record-end'
import type { Redis } from 'ioredis'
import { readLastShares } from './live-facts.js'
import { LOOK_BACK_MS } from './watch-pool.js'

/** Miners that are read in one go. */
const PAGE = 100
/** A journal that has brought nothing for longer may be held up, if nobody says that it is not. */
const JOURNAL_LAG_MS = 120_000

export interface WatchMinersModules {
  readonly db: Database
  /** Fails at once while Redis is away. */
  readonly redis: Redis
  readonly keys: LiveKeys
  readonly nowMs: () => number
}

/** Looks at each miner who has asked for alerts, and writes down what he is to be told. */
export class WatchMiners {
  readonly #modules: WatchMinersModules

  constructor(modules: WatchMinersModules) {
    this.#modules = modules
  }

  /** Throws when the database is away. */
  async look(signal?: AbortSignal): Promise<void> {
    const { db } = this.#modules
    const end = await readRecordEnd(db.pool)
    let afterId = 0
    for (;;) {
      const owners = await listWatchedMiners(db.pool, afterId, PAGE)
      for (const owner of owners) {
        if (signal?.aborted === true) return
        await this.#lookAt(owner, end)
      }
      if (owners.length < PAGE) return
      afterId = owners.at(-1)!.ownerId
    }
  }

  async #lookAt(owner: AlertOwner, end: RecordEnd): Promise<void> {
    const { db, nowMs } = this.#modules
    const facts = await this.#gather(owner, end)
    const choices = await listChoices(db.pool, owner.ownerId)
    await watchOwner(db, owner.ownerId, (memories) =>
      minerEvents(facts, choices, memories as ReadonlyMap<string, readonly RaisedAlert[]>, nowMs()).map(
        ({ rule, raised, events }) => ({ rule, memory: raised.length === 0 ? undefined : raised, events }),
      ),
    )
  }

  async #gather({ minerId, createdAtMs }: AlertOwner, end: RecordEnd): Promise<MinerFacts> {
    const { db, nowMs } = this.#modules
    const sinceMs = Math.max(createdAtMs, nowMs() - LOOK_BACK_MS)
    // Hours and minutes that are not rolled up to their end would look emptier than they were.
    const untilMs = end.isRolledUp && this.#isFlowing(end) ? nowMs() : (end.rollupEndMs ?? 0)
    const [workers, hashrate, rejects, happened] = await Promise.all([
      this.#readWorkers(minerId!, end),
      readHashrateFacts(db.pool, minerId!, untilMs),
      readRejectFacts(db.pool, minerId!, untilMs),
      listMinerHappened(db.pool, minerId!, sinceMs),
    ])
    return { workers, hashrate, rejects, happened }
  }

  /** A share that the live feed has seen counts, though the database may not have it yet. */
  async #readWorkers(minerId: number, end: RecordEnd): Promise<MinerFacts['workers']> {
    const { db, redis, keys, nowMs } = this.#modules
    const workers = await listWatchedWorkers(db.pool, minerId, nowMs())
    if (workers.length === 0) return workers
    const { address } = await db.prisma.miner.findUniqueOrThrow({
      where: { id: minerId },
      select: { address: true },
    })
    const seen = await readLastShares(redis, keys, address).catch(() => undefined)
    if (seen === undefined && !this.#isFlowing(end)) return undefined
    return workers.map((worker) => ({
      ...worker,
      lastShareAtMs: Math.max(worker.lastShareAtMs, seen?.get(worker.name) ?? 0),
    }))
  }

  #isFlowing({ journalEndMs }: RecordEnd): boolean {
    return journalEndMs !== undefined && this.#modules.nowMs() - journalEndMs < JOURNAL_LAG_MS
  }
}
