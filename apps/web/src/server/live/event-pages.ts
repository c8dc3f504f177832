import { setImmediate as nextTurn } from 'node:timers/promises'
import { eventText, PING, PING_MS, RETRY } from './event-text'
import type { LiveNews } from './live-feed'
import type { Topic } from './topic'

/** The answer to a page that is told of news: a `ServerResponse`. */
export interface EventPage {
  readonly writableNeedDrain: boolean
  write(bytes: Uint8Array): unknown
  end(): unknown
}

export interface EventPagesModules {
  readonly feed: () => LiveNews['feed']
  readonly nowMs: () => number
}

/** Pages are told of changes at most this often. */
const NEWS_INTERVAL_MS = 1_000
/** Written to in one turn of the event loop: thousands of writes at once would keep everybody else waiting. */
const PAGES_A_TURN = 200

/**
 * Pages that are told the same at the same time: an event is put into bytes once, and a page is no more than its
 * answer. Who does not read what he was sent is sent nothing more until he has; what he has missed falls together.
 */
export class EventPages {
  readonly #modules: EventPagesModules
  readonly #startedAtMs: number
  readonly #pages = new Set<EventPage>()
  /** Topics that pages which do not read have missed: each at most once. */
  readonly #missed = new Map<EventPage, Set<Topic>>()
  readonly #topics = new Set<Topic>()
  readonly #ping: NodeJS.Timeout
  #flushTimer: NodeJS.Timeout | undefined
  #flushedAtMs = -Infinity
  #count = 0

  constructor(modules: EventPagesModules) {
    this.#modules = modules
    this.#startedAtMs = modules.nowMs()
    this.#ping = setInterval(() => void this.ping(), PING_MS).unref()
  }

  /** Tells a new page how the feed stands; it stays until it leaves. */
  join(page: EventPage): void {
    this.#pages.add(page)
    page.write(Buffer.from(RETRY + this.#textOf([])))
  }

  leave(page: EventPage): void {
    this.#pages.delete(page)
    this.#missed.delete(page)
  }

  post(topic: Topic): void {
    this.#topics.add(topic)
    this.stir()
  }

  /** Something else about the feed has changed. */
  stir(): void {
    if (this.#flushTimer !== undefined) return
    const waitMs = Math.max(0, this.#flushedAtMs + NEWS_INTERVAL_MS - this.#modules.nowMs())
    this.#flushTimer = setTimeout(() => void this.#flush(), waitMs).unref()
  }

  close(): void {
    clearInterval(this.#ping)
    clearTimeout(this.#flushTimer)
    for (const page of this.#pages) page.end()
  }

  async #flush(): Promise<void> {
    this.#flushTimer = undefined
    this.#flushedAtMs = this.#modules.nowMs()
    const topics = [...this.#topics]
    this.#topics.clear()
    const bytes = Buffer.from(this.#textOf(topics))
    await this.#each((page) => {
      const missed = this.#missed.get(page)
      if (missed === undefined && !page.writableNeedDrain) page.write(bytes)
      else this.#tellLate(page, new Set([...(missed ?? []), ...topics]))
    })
  }

  /** Also the time for those who read again. */
  async ping(): Promise<void> {
    const bytes = Buffer.from(PING)
    await this.#each((page) => {
      const missed = this.#missed.get(page)
      if (missed !== undefined) this.#tellLate(page, missed)
      else if (!page.writableNeedDrain) page.write(bytes)
    })
  }

  #tellLate(page: EventPage, topics: Set<Topic>): void {
    if (page.writableNeedDrain) this.#missed.set(page, topics)
    else {
      this.#missed.delete(page)
      page.write(Buffer.from(this.#textOf([...topics])))
    }
  }

  async #each(tell: (page: EventPage) => void): Promise<void> {
    let told = 0
    // A page that joins meanwhile is told as well, one that leaves is not.
    for (const page of this.#pages) {
      tell(page)
      if (++told % PAGES_A_TURN === 0) await nextTurn()
    }
  }

  #textOf(topics: readonly Topic[]): string {
    const news: LiveNews = { topics, feed: this.#modules.feed() }
    return eventText(news, `${this.#startedAtMs}-${++this.#count}`)
  }
}
