import type { LiveEvent, LiveKeys } from '@headframe/core/live/live-feed'
import type { Redis } from 'ioredis'

/** Hears when shares are accepted, so that a journal that does not bring them is seen to be behind. */
export class SharesEar {
  readonly #redis: Redis
  #seenAtMs: number | undefined

  /** `redis` is for this alone. */
  constructor(redis: Redis, keys: LiveKeys, nowMs: () => number) {
    this.#redis = redis
    redis.on('error', () => undefined)
    redis.on('ready', () => void redis.subscribe(keys.events).catch(() => undefined))
    redis.on('message', (_channel: string, text: string) => {
      if (isShares(text)) this.#seenAtMs = nowMs()
    })
  }

  /** Undefined while none were heard of. */
  get seenAtMs(): number | undefined {
    return this.#seenAtMs
  }

  close(): void {
    this.#redis.disconnect()
  }
}

function isShares(text: string): boolean {
  try {
    return (JSON.parse(text) as LiveEvent).type === 'shares'
  } catch {
    return false
  }
}
