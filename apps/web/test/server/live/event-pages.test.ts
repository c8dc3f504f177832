import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EventPages, type EventPage } from '../../../src/server/live/event-pages'

class Page implements EventPage {
  writableNeedDrain = false
  isEnded = false
  text = ''
  write(bytes: Uint8Array): void {
    this.text += new TextDecoder().decode(bytes)
  }
  end(): void {
    this.isEnded = true
  }
  /** What it was told since it was asked last: the data of each event, and pings. */
  take(): unknown[] {
    const told = [...this.text.matchAll(/^(?:data: (.+)|event: (ping))$/gm)]
    this.text = ''
    return told.map(([, data, ping]) => ping ?? (JSON.parse(data!) as unknown))
  }
}

const NOW_MS = 1_800_000_000_000
const news = (...topics: string[]) => ({ topics, feed: 'live' })

let pages: EventPages
beforeEach(() => {
  vi.useFakeTimers({
    now: NOW_MS,
    toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date'],
  })
  pages = new EventPages({ feed: () => 'live', nowMs: Date.now })
})
afterEach(() => {
  pages.close()
  vi.useRealTimers()
})

function join(): Page {
  const page = new Page()
  pages.join(page)
  return page
}

describe('pages that are told of news', () => {
  it('learn at once how the feed stands, and when to come back', () => {
    const page = join()
    expect(page.text).toBe(
      `retry: 5000\n\nid: ${NOW_MS}-1\nevent: change\ndata: {"topics":[],"feed":"live"}\n\n`,
    )
  })

  it('are told the first news at once and further ones a second later, each topic once', async () => {
    const page = join()
    page.take()
    pages.post('block')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.take()).toEqual([news('block')])
    for (let n = 0; n < 100; n++) pages.post(n % 2 === 0 ? 'shares' : 'tip')
    await vi.advanceTimersByTimeAsync(999)
    expect(page.take()).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(page.take()).toEqual([news('shares', 'tip')])
  })

  it('are told in pieces when they are many, and none twice or not at all', async () => {
    const many = Array.from({ length: 1_000 }, join)
    for (const page of many) page.take()
    const [leaving] = many
    pages.leave(leaving!)
    pages.post('tip')
    await vi.advanceTimersByTimeAsync(0)
    await vi.waitFor(() => expect(many.at(-1)!.text).not.toBe(''))
    expect(leaving!.take()).toEqual([])
    for (const page of many.slice(1)) expect(page.take()).toEqual([news('tip')])
  })

  it('get nothing while they do not read, and then what they have missed in one', async () => {
    const [slow, quick] = [join(), join()]
    slow.take()
    quick.take()
    slow.writableNeedDrain = true
    for (const topic of ['block', 'tip', 'block'] as const) {
      pages.post(topic)
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(slow.take()).toEqual([])
    expect(quick.take()).toEqual([news('block'), news('tip'), news('block')])
    slow.writableNeedDrain = false
    await pages.ping()
    expect(slow.take()).toEqual([news('block', 'tip')])
    expect(quick.take()).toEqual(['ping'])
  })

  it('hear something every fifteen seconds, and the end', async () => {
    const page = join()
    page.take()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(page.take()).toEqual(['ping', 'ping'])
    pages.close()
    expect(page.isEnded).toBe(true)
  })
})
