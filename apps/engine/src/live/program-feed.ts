import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import type { LiveKeys } from '@headframe/core/live/live-feed'
import { PROGRAM_GONE_AFTER_MS, type LiveProgram, type Program } from '@headframe/core/live/live-system'
import type { Redis } from 'ioredis'
import { EventLoopDelay } from './event-loop-delay.js'

export interface ProgramFeedOptions {
  readonly program: Program
  /** Tells those of one program on a host apart; empty where there is one. */
  readonly name?: string
  readonly keys: Pick<LiveKeys, 'programs'>
}

export interface ProgramFeedModules {
  readonly redis: Redis
  readonly nowMs: () => number
  /** What it is doing, in a line for a person. */
  readonly doing: () => string
}

const PUBLISH_INTERVAL_MS = 2_000
const SWEEP_INTERVAL_MS = 60_000

/** Tells by the live feed that this process lives, and what it is doing. What cannot be sent is dropped. */
export class ProgramFeed {
  readonly #options: ProgramFeedOptions
  readonly #modules: ProgramFeedModules
  readonly #delay = new EventLoopDelay()
  readonly #startedAtMs: number
  readonly #field: string
  #sweptAtMs = -Infinity
  #timer: NodeJS.Timeout | undefined

  constructor(options: ProgramFeedOptions, modules: ProgramFeedModules) {
    this.#options = options
    this.#modules = modules
    this.#startedAtMs = modules.nowMs() - Math.round(process.uptime() * 1_000)
    this.#field = `${options.program}/${hostname()}/${process.pid}`
  }

  start(): void {
    this.#timer = setInterval(() => void this.publish(), PUBLISH_INTERVAL_MS)
    void this.publish()
  }

  /** Who ends in order is not missed. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#delay.close()
    const { redis } = this.#modules
    if (redis.status === 'ready')
      await redis.hdel(this.#options.keys.programs, this.#field).catch(() => undefined)
  }

  async publish(): Promise<void> {
    const { redis, nowMs, doing } = this.#modules
    if (redis.status !== 'ready') return
    const { program, name = '', keys } = this.#options
    const entry: LiveProgram = {
      ...{ atMs: nowMs(), program, name, host: hostname(), pid: process.pid, version: VERSION },
      startedAtMs: this.#startedAtMs,
      memoryBytes: process.memoryUsage.rss(),
      eventLoopDelayP99Ms: this.#delay.takeP99Ms(),
      doing: doing(),
    }
    await redis.hset(keys.programs, this.#field, JSON.stringify(entry)).catch(() => undefined)
    if (entry.atMs - this.#sweptAtMs < SWEEP_INTERVAL_MS) return
    this.#sweptAtMs = entry.atMs
    await this.#sweep(entry.atMs).catch(() => undefined)
  }

  /** Those who died have nobody else to take away what they said. */
  async #sweep(nowMs: number): Promise<void> {
    const { redis } = this.#modules
    const { programs } = this.#options.keys
    const entries = Object.entries(await redis.hgetall(programs))
    const gone = entries.flatMap(([field, text]) => (isGone(text, nowMs) ? [field] : []))
    if (gone.length > 0) await redis.hdel(programs, ...gone)
  }
}

function isGone(text: string, nowMs: number): boolean {
  try {
    const { atMs } = JSON.parse(text) as Partial<LiveProgram>
    return typeof atMs !== 'number' || nowMs - atMs > PROGRAM_GONE_AFTER_MS
  } catch {
    return true
  }
}

const VERSION = readVersion()

/** Of this workspace, which has that of the pool. */
function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}
