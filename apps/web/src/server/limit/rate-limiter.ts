import type { Redis } from 'ioredis'
import { BUDGETS, WINDOW_MS, type Budget } from './budgets'
import { LocalWindows } from './local-windows'

export interface RateLimiterModules {
  readonly redis: Redis
  readonly nowMs: () => number
  /** What budgets are multiplied by; 0: there is no limit. */
  readonly factor: number
}

/** What is left of a budget after a call. */
export interface Allowance {
  readonly cost: Budget
  readonly isAllowed: boolean
  readonly budget: number
  readonly left: number
  readonly resetSeconds: number
}

/** After Redis has failed it is not asked for so long: nobody shall wait for it at every call. */
const AWAY_MS = 5_000
const KEY_PREFIX = 'headframe:limit:'

/**
 * Counts calls in fixed windows, in Redis, so that all web processes share the count; around the end of a window a
 * caller may get through twice its budget. While Redis is away each process counts for itself: limits get looser by the
 * number of processes, and nobody is refused for it.
 */
export class RateLimiter {
  readonly #modules: RateLimiterModules
  readonly #local = new LocalWindows()
  #awayUntilMs = 0

  constructor(modules: RateLimiterModules) {
    this.#modules = modules
  }

  /** Counts a call; undefined when there are no limits. */
  async take(caller: string, cost: Budget): Promise<Allowance | undefined> {
    const { nowMs, factor } = this.#modules
    if (factor === 0) return undefined
    const now = nowMs()
    const window = Math.floor(now / WINDOW_MS)
    const count = await this.#count(`${cost}:${caller}`, window, now)
    const budget = Math.max(1, Math.floor(BUDGETS[cost] * factor))
    return {
      cost,
      isAllowed: count <= budget,
      budget,
      left: Math.max(0, budget - count),
      resetSeconds: Math.ceil(((window + 1) * WINDOW_MS - now) / 1_000),
    }
  }

  async #count(key: string, window: number, now: number): Promise<number> {
    if (now >= this.#awayUntilMs) {
      try {
        return await this.#countInRedis(`${KEY_PREFIX}${key}:${window}`)
      } catch {
        this.#awayUntilMs = now + AWAY_MS
      }
    }
    return this.#local.count(key, window)
  }

  async #countInRedis(key: string): Promise<number> {
    const { redis } = this.#modules
    // Both are in one write, and in this order.
    const [, count] = await Promise.all([redis.set(key, 0, 'PX', WINDOW_MS, 'NX'), redis.incr(key)])
    return count
  }
}
