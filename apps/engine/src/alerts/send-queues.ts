import { setTimeout as sleep } from 'node:timers/promises'
import { Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { CHANNEL_KINDS, type ChannelKind } from '@headframe/core/alert/channel'
import type { LiveTask } from '@headframe/core/live/live-system'
import type { DueDelivery } from '@headframe/db/alert/claim-delivery'
import type { Log } from '../log.js'

/**
 * How many tries of a kind are under way at once, and how many begin within a second: below what the services allow (30
 * a second for a Telegram bot, 50 for Discord), and what a relay for mail likes.
 */
const PACES: Readonly<Record<ChannelKind, { readonly concurrency: number; readonly perSecond: number }>> = {
  email: { concurrency: 2, perSecond: 5 },
  telegram: { concurrency: 4, perSecond: 20 },
  discord: { concurrency: 4, perSecond: 20 },
  ntfy: { concurrency: 4, perSecond: 20 },
  nostr: { concurrency: 4, perSecond: 10 },
  webhook: { concurrency: 8, perSecond: 50 },
}
/** Channels that work, and those that do not or were never tried: nobody who hangs is waited for by one who does not. */
const LINES = ['proven', 'unproven'] as const
type Line = (typeof LINES)[number]

const CLOSE_TIMEOUT_MS = 5_000

export interface SendQueuesOptions {
  readonly prefix: string
}

export interface SendQueuesModules {
  /** For BullMQ: its commands wait for a Redis that is away. */
  readonly connection: Redis
  readonly send: (deliveryId: bigint) => Promise<unknown>
  readonly log: Log
}

/**
 * A queue and a worker for each kind of channel and line. A queued item is a nudge alone: what is to be sent stands in the
 * database, so a Redis that forgets loses nothing, and one that repeats sends nothing twice.
 */
export class SendQueues {
  readonly #queues = new Map<string, Queue>()
  readonly #workers: Worker[] = []
  readonly #running = new Set<Promise<unknown>>()
  readonly #modules: SendQueuesModules

  constructor({ prefix }: SendQueuesOptions, modules: SendQueuesModules) {
    this.#modules = modules
    for (const kind of CHANNEL_KINDS) for (const line of LINES) this.#open(kind, line, prefix)
  }

  /** Those that wait already are not queued twice. */
  async add(due: readonly DueDelivery[]): Promise<void> {
    if (this.#modules.connection.status !== 'ready') return
    for (const { id, kind, isProven } of due) {
      const queue = this.#queues.get(nameOf(kind, isProven ? 'proven' : 'unproven'))!
      await queue.add(
        'send',
        { id: String(id) },
        { jobId: `d${id}`, removeOnComplete: true, removeOnFail: true },
      )
    }
  }

  /** How each stands. Waits for a Redis that is away. */
  describe(): Promise<LiveTask[]> {
    return Promise.all(
      [...this.#queues].map(async ([name, queue]) => {
        const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed')
        const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts
        return { name, waiting, active, delayed, failed, isFailing: false, errors: [] }
      }),
    )
  }

  /** Waits for tries under way, but not for a Redis that is away. */
  async close(): Promise<void> {
    const { connection } = this.#modules
    const queues = [...this.#queues.values()]
    const isReachable = connection.status === 'ready'
    const ended = isReachable
      ? Promise.all([...this.#workers, ...queues].map((each) => each.close()))
      : Promise.all(this.#running)
    const isClosed = await Promise.race([
      ended.then(() => isReachable).catch(() => false),
      sleep(CLOSE_TIMEOUT_MS, false, { ref: false }),
    ])
    if (!isClosed) this.#abandon()
  }

  /** Lets go of connections that will not answer: BullMQ's own close would wait for them without end. */
  #abandon(): void {
    const ignore = (): undefined => undefined
    for (const worker of this.#workers) {
      worker.close(true).catch(ignore)
      worker.disconnect().catch(ignore)
    }
    for (const queue of this.#queues.values()) queue.close().catch(ignore)
  }

  #open(kind: ChannelKind, line: Line, prefix: string): void {
    const { connection } = this.#modules
    const { concurrency, perSecond } = PACES[kind]
    const name = nameOf(kind, line)
    const queue = new Queue(name, { connection, prefix })
    const worker = new Worker<{ id: string }>(name, ({ data }) => this.#run(BigInt(data.id)), {
      connection,
      prefix,
      concurrency,
      limiter: { max: perSecond, duration: 1_000 },
    })
    // The connection's own events are logged once for all; without a listener each would end the process.
    queue.on('error', () => undefined)
    worker.on('error', () => undefined)
    this.#queues.set(name, queue)
    this.#workers.push(worker)
  }

  async #run(deliveryId: bigint): Promise<void> {
    const run = this.#modules.send(deliveryId)
    this.#running.add(run)
    try {
      await run
    } catch (error) {
      this.#modules.log.warn({ reason: (error as Error).message }, 'an alert could not be tried')
    } finally {
      this.#running.delete(run)
    }
  }
}

function nameOf(kind: ChannelKind, line: Line): string {
  return line === 'proven' ? `alert-${kind}` : `alert-${kind}-unproven`
}
