import { setTimeout as sleep } from 'node:timers/promises'
import { liveKeys } from '@headframe/core/live/live-feed'
import type { Network } from '@headframe/core/chain/network'
import { Redis } from 'ioredis'

/** Twice as often as the processes publish. */
const POLL_MS = 500

/** Runs something, and `delayMs` is the highest p99 that any stratum process published meanwhile; null when none did. */
export async function watchEventLoops<T>(
  redisUrl: string,
  network: Network,
  run: () => Promise<T>,
): Promise<{ result: T; delayMs: number | null }> {
  const watch = new Watch(redisUrl, network)
  try {
    return { result: await run(), delayMs: await watch.end() }
  } finally {
    watch.close()
  }
}

class Watch {
  readonly #redis: Redis
  readonly #key: string
  readonly #startedAtMs = Date.now()
  readonly #ended: Promise<void>
  #isEnding = false
  #highestMs: number | null = null

  constructor(redisUrl: string, network: Network) {
    this.#redis = new Redis(redisUrl)
    this.#key = liveKeys(network).processes
    this.#ended = this.#run()
  }

  async end(): Promise<number | null> {
    this.#isEnding = true
    await this.#ended
    return this.#highestMs
  }

  close(): void {
    this.#isEnding = true
    this.#redis.disconnect()
  }

  async #run(): Promise<void> {
    while (!this.#isEnding) {
      await sleep(POLL_MS)
      const delayMs = highestDelayMs(await this.#readProcesses(), this.#startedAtMs)
      if (delayMs !== null) this.#highestMs = Math.max(this.#highestMs ?? 0, delayMs)
    }
  }

  /** None any more once it is closed. */
  async #readProcesses(): Promise<string[]> {
    try {
      return Object.values(await this.#redis.hgetall(this.#key))
    } catch (error) {
      if (!this.#isEnding) throw error
      return []
    }
  }
}

/** The highest p99 among the entries (JSON of LiveProcess) published after `sinceMs`; null when none has one. */
export function highestDelayMs(entries: readonly string[], sinceMs: number): number | null {
  const delaysMs = entries
    .map((entry) => JSON.parse(entry) as { readonly atMs: number; readonly eventLoopDelayP99Ms?: number })
    .filter(({ atMs }) => atMs > sinceMs)
    .map(({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms)
    .filter((delayMs) => delayMs !== undefined)
  return delaysMs.length === 0 ? null : Math.max(...delaysMs)
}
