import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveTask } from '@headframe/core/live/live-system'
import type { Redis } from 'ioredis'
import { listDueDeliveries } from '@headframe/db/alert/claim-delivery'
import { listWaitingOwners, planDeliveries } from '@headframe/db/alert/plan-deliveries'
import type { Database } from '@headframe/db/database'
import type { Log } from '../log.js'
import { Rounds } from './rounds.js'
import { SendQueues } from './send-queues.js'
import type { Sender } from './sender.js'

/** Between two looks for events to tell and deliveries to try. */
const LOOK_EVERY_MS = 1_000
/** Without Redis for as long, deliveries are tried without it, one after the other: an alarm about Redis must get out. */
const PATIENCE_WITH_REDIS_MS = 30_000
const QUEUE_TIMEOUT_MS = 5_000
const MAX_OWNERS_A_LOOK = 200
const MAX_DUE_A_LOOK = 200

export interface AlertPostModules {
  readonly db: Database
  readonly sender: Pick<Sender, 'send'>
  readonly connection: Redis
  readonly log: Log
  readonly nowMs: () => number
}

/** The post office: puts events into deliveries, and deliveries into the queues of their channels. */
export class AlertPost {
  readonly #modules: AlertPostModules
  readonly #queues: SendQueues
  readonly #rounds: Rounds
  #redisSeenAtMs: number

  constructor(options: { readonly prefix: string }, modules: AlertPostModules) {
    this.#modules = modules
    this.#redisSeenAtMs = modules.nowMs()
    const { connection, log, sender } = modules
    this.#rounds = new Rounds('post', LOOK_EVERY_MS, () => this.look(), log)
    this.#queues = new SendQueues(options, { connection, log, send: (id) => sender.send(id) })
  }

  start(): void {
    this.#rounds.start()
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await this.#rounds.close()
    await this.#queues.close()
  }

  describeQueues(): Promise<LiveTask[]> {
    return this.#queues.describe()
  }

  /** One look. Throws when the database is away. */
  async look(): Promise<void> {
    const { db, sender, connection, nowMs } = this.#modules
    for (const ownerId of await listWaitingOwners(db.pool, MAX_OWNERS_A_LOOK))
      await planDeliveries(db, ownerId, nowMs())
    const due = await listDueDeliveries(db.pool, nowMs(), MAX_DUE_A_LOOK)
    if (connection.status === 'ready') {
      this.#redisSeenAtMs = nowMs()
      // A Redis that goes away meanwhile would hold the look up until it is back.
      await Promise.race([this.#queues.add(due), sleep(QUEUE_TIMEOUT_MS, undefined, { ref: false })])
    } else if (nowMs() - this.#redisSeenAtMs >= PATIENCE_WITH_REDIS_MS) {
      for (const { id } of due) await sender.send(id)
    }
  }
}
