import type { LiveKeys } from '@headframe/core/live/live-feed'
import type { Redis } from 'ioredis'
import { z } from 'zod'

/** Miners looked at in one go; the others wait for the next. */
const MAX_MINERS_PER_STEP = 100
/** Fields that Redis looks at in a row before it serves others. */
const FIELDS_PER_SCAN = 500

const ENTRY = z.object({ atMs: z.number() })

export interface MinerSweepOptions {
  readonly keys: Pick<LiveKeys, 'miner'>
  /** Fields that were not written for so long are removed. */
  readonly expiresAfterMs: number
}

/**
 * Removes workers that nobody told of when they left, because their process was killed or cut off from Redis: their
 * fields would stay for as long as another worker of the miner keeps the key alive.
 */
export class MinerSweep {
  readonly #options: MinerSweepOptions
  readonly #redis: Redis
  /** Those that this round has still to look at. */
  #addresses: string[] = []
  #isBusy = false

  constructor(options: MinerSweepOptions, redis: Redis) {
    this.#options = options
    this.#redis = redis
  }

  /** The miners of the next round; the last one is finished first. */
  begin(addresses: Iterable<string>): void {
    if (this.#addresses.length === 0) this.#addresses = [...addresses]
  }

  /** Looks at the next of them. What Redis does not answer now is asked in the next round. */
  async step(nowMs: number): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    for (const address of this.#addresses.splice(-MAX_MINERS_PER_STEP)) {
      await this.#sweep(address, nowMs).catch(() => undefined)
    }
    this.#isBusy = false
  }

  async #sweep(address: string, nowMs: number): Promise<void> {
    const key = this.#options.keys.miner(address)
    let cursor = '0'
    do {
      const [next, entries] = await this.#redis.hscan(key, cursor, 'COUNT', FIELDS_PER_SCAN)
      cursor = next
      const old = entries.filter((_, at) => at % 2 === 0 && this.#isOld(entries[at + 1]!, nowMs))
      if (old.length > 0) await this.#redis.hdel(key, ...old)
    } while (cursor !== '0')
  }

  /** What cannot be read was not written by a pool. */
  #isOld(text: string, nowMs: number): boolean {
    const atMs = timeOf(text)
    return atMs === undefined || nowMs - atMs > this.#options.expiresAfterMs
  }
}

function timeOf(text: string): number | undefined {
  try {
    return ENTRY.parse(JSON.parse(text)).atMs
  } catch {
    return undefined
  }
}
