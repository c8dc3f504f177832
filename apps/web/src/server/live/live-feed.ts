import { liveKeys } from '@headframe/core/live/live-feed'
import type { Network } from '@headframe/core/chain/network'
import { setTimeout as sleep } from 'node:timers/promises'
import { EventPages, type EventPage } from './event-pages'
import { FanOut } from './fan-out'
import type { Mailbox } from './mailbox'
import type { RedisConnections } from './redis'
import { Seats, type NoSeat } from './seats'
import { topicOfMessage, type Topic } from './topic'

export interface LiveNews {
  readonly topics: readonly Topic[]
  /** Whether Redis tells us of changes; when it is away pages ask by the clock. */
  readonly feed: 'live' | 'away'
}

export interface LiveFeedModules {
  readonly redis: RedisConnections
  readonly nowMs: () => number
  /** Streams that one caller may have open; there is a bound in any case. */
  readonly maxOfCaller?: number
}

/** A page is told of changes at most this often. */
const NEWS_INTERVAL_MS = 1_000
const RESUBSCRIBE_MS = 1_000

/** One Redis subscription for the whole server process, handed out to its open pages. */
export class LiveFeed {
  readonly #modules: LiveFeedModules
  readonly #fanOut = new FanOut()
  readonly #pages: EventPages
  readonly #seats: Seats
  readonly #closing = new AbortController()
  #channel: string | undefined
  #isSubscribed = false
  #sharesSeenAtMs: number | undefined

  constructor(modules: LiveFeedModules) {
    this.#modules = modules
    this.#seats = new Seats(modules.maxOfCaller)
    this.#pages = new EventPages({ feed: () => this.state, nowMs: modules.nowMs })
    const { subscriber } = modules.redis
    subscriber.on('message', (_channel: string, message: string) => this.#onMessage(message))
    subscriber.on('ready', () => void this.#subscribe())
    subscriber.on('close', () => this.#setSubscribed(false))
  }

  get commands(): RedisConnections['commands'] {
    return this.#modules.redis.commands
  }

  /** When the engine last told of accepted shares, by our clock; undefined when it has not since we listen. */
  get sharesSeenAtMs(): number | undefined {
    return this.#sharesSeenAtMs
  }

  /** Pages that are told of changes now. */
  get pageCount(): number {
    return this.#seats.taken
  }

  get state(): LiveNews['feed'] {
    return this.#isSubscribed ? 'live' : 'away'
  }

  /** Starts to listen to a network's events; the first caller decides, a database belongs to one network. */
  listen(network: Network): void {
    if (this.#channel !== undefined) return
    this.#channel = liveKeys(network).events
    if (this.#modules.redis.subscriber.status === 'ready') void this.#subscribe()
  }

  /**
   * News one by one until the reader leaves: the state of the feed at once, then what changes. Ends with the reason of
   * `signal`, or with an AbortError when the server stops.
   */
  open(signal: AbortSignal | undefined, caller: string): AsyncGenerator<LiveNews, never> | NoSeat {
    const refusal = this.#seats.take(caller)
    if (refusal !== undefined) return refusal
    const mailbox = this.#fanOut.open()
    mailbox.stir()
    const { signal: closing } = this.#closing
    return this.#news(mailbox, caller, signal === undefined ? closing : AbortSignal.any([signal, closing]))
  }

  /** The same as server-sent events for an answer that is begun when there is room. Returns how it leaves. */
  join(begin: () => EventPage, caller: string): (() => void) | NoSeat {
    const refusal = this.#seats.take(caller)
    if (refusal !== undefined) return refusal
    const page = begin()
    this.#pages.join(page)
    return () => {
      this.#pages.leave(page)
      this.#seats.give(caller)
    }
  }

  close(): void {
    this.#closing.abort()
    this.#pages.close()
    this.#modules.redis.commands.disconnect()
    this.#modules.redis.subscriber.disconnect()
  }

  async *#news(mailbox: Mailbox, caller: string, signal: AbortSignal): AsyncGenerator<LiveNews, never> {
    try {
      for (;;) {
        const topics = await mailbox.take(signal)
        yield { topics, feed: this.state }
        await sleep(NEWS_INTERVAL_MS, undefined, { signal })
      }
    } finally {
      this.#fanOut.close(mailbox)
      this.#seats.give(caller)
    }
  }

  async #subscribe(): Promise<void> {
    if (this.#channel === undefined) return
    try {
      await this.#modules.redis.subscriber.subscribe(this.#channel)
      this.#setSubscribed(true)
    } catch {
      // Lost again, or too slow to answer while the server starts. A lost one also tries again when it is ready.
      setTimeout(() => this.#subscribeAgain(), RESUBSCRIBE_MS).unref()
    }
  }

  #subscribeAgain(): void {
    const { status } = this.#modules.redis.subscriber
    if (status === 'ready' && !this.#isSubscribed) void this.#subscribe()
  }

  #setSubscribed(isSubscribed: boolean): void {
    if (this.#isSubscribed === isSubscribed) return
    this.#isSubscribed = isSubscribed
    this.#fanOut.stir()
    this.#pages.stir()
  }

  #onMessage(message: string): void {
    const topic = topicOfMessage(message)
    if (topic === undefined) return
    if (topic === 'shares') this.#sharesSeenAtMs = this.#modules.nowMs()
    this.#fanOut.post(topic)
    this.#pages.post(topic)
  }
}
