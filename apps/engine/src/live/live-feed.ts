import type { LiveEvent, LiveKeys, LiveProcess, LiveWorker } from '@headframe/core/live/live-feed'
import type { ChainableCommander, Redis } from 'ioredis'
import type { ConnectionLog } from './connection-log.js'
import { MinerSweep } from './miner-sweep.js'
import type { Presence, WorkerPresence } from './presence.js'

export interface LiveFeedOptions {
  readonly writerId: string
  readonly keys: LiveKeys
}

export interface LiveFeedModules {
  readonly redis: Redis
  readonly presence: Presence
  readonly connections: Pick<ConnectionLog, 'takeInto'>
  readonly nowMs: () => number
  /** What the process says of itself. */
  readonly summary: () => Omit<LiveProcess, 'atMs' | 'workers' | 'lastShareAtMs'>
}

export const PUBLISH_INTERVAL_MS = 1_000
/** Workers published in one go; the others wait for the next. */
const MAX_WORKERS_PER_PUBLISH = 500
/** Each worker is published at least this often; readers take an entry twice as old for gone. */
const REFRESH_INTERVAL_MS = 60_000
/**
 * A worker is removed when it leaves. One that nobody could tell of lasts so long at most, as does a miner whom nobody
 * tells of any more: so Redis holds the workers that are connected, and those who were cut off in so many minutes.
 */
const MINER_EXPIRES_AFTER_MS = 600_000

/** Tells Redis once a second what this process sees. What cannot be sent is dropped. */
export class LiveFeed {
  readonly #options: LiveFeedOptions
  readonly #modules: LiveFeedModules
  readonly #sweep: MinerSweep
  #shareCount = 0
  #lastShareAtMs: number | undefined
  #refreshedAtMs = 0
  #timer: NodeJS.Timeout | undefined

  constructor(options: LiveFeedOptions, modules: LiveFeedModules) {
    this.#options = options
    this.#modules = modules
    const { keys } = options
    this.#sweep = new MinerSweep({ keys, expiresAfterMs: MINER_EXPIRES_AFTER_MS }, modules.redis)
  }

  start(): void {
    this.#timer = setInterval(() => void this.publish(), PUBLISH_INTERVAL_MS)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  noteShare(worker: WorkerPresence, nowMs: number): void {
    worker.lastShareAtMs = nowMs
    this.#lastShareAtMs = nowMs
    this.#shareCount++
    this.#modules.presence.touch(worker)
  }

  async publish(): Promise<void> {
    const { redis, presence, connections, nowMs, summary } = this.#modules
    if (redis.status !== 'ready') return
    const atMs = nowMs()
    if (atMs - this.#refreshedAtMs >= REFRESH_INTERVAL_MS) {
      presence.touchAll()
      this.#sweep.begin(presence.addresses())
      this.#refreshedAtMs = atMs
    }
    const { keys, writerId } = this.#options
    const pipeline = redis.pipeline()
    const lastShareAtMs = this.#lastShareAtMs
    const entry: LiveProcess = { atMs, workers: presence.workerCount, lastShareAtMs, ...summary() }
    pipeline.hset(keys.processes, writerId, JSON.stringify(entry))
    for (const worker of presence.takeChanged(MAX_WORKERS_PER_PUBLISH)) {
      this.#publishWorker(pipeline, worker, atMs)
    }
    connections.takeInto(pipeline)
    if (this.#shareCount > 0) {
      const event: LiveEvent = { type: 'shares', atMs, count: this.#shareCount }
      pipeline.publish(keys.events, JSON.stringify(event))
      this.#shareCount = 0
    }
    // Every command's error comes back in the result; there is nothing to do about any of them.
    await pipeline.exec().catch(() => undefined)
    await this.#sweep.step(atMs)
  }

  #publishWorker(pipeline: ChainableCommander, worker: WorkerPresence, atMs: number): void {
    const { keys, writerId } = this.#options
    const { address, workerName, ...seen } = worker
    const key = keys.miner(address)
    const field = `${writerId}/${workerName}`
    if (worker.connections === 0) return void pipeline.hdel(key, field)
    const entry: LiveWorker = { atMs, ...seen }
    pipeline.hset(key, field, JSON.stringify(entry))
    pipeline.pexpire(key, MINER_EXPIRES_AFTER_MS)
  }
}
