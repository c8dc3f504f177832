import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followLive } from '../../src/live/follow-live'

/** The browser's, as far as it is used. */
class Source extends EventTarget {
  static readonly CLOSED = 2
  static readonly opened: Source[] = []
  readyState = 0
  constructor() {
    super()
    Source.opened.push(this)
  }
  close(): void {
    this.readyState = Source.CLOSED
  }
  tell(type: string, data?: unknown): void {
    this.dispatchEvent(Object.assign(new Event(type), { data: JSON.stringify(data) }))
  }
  refuse(): void {
    this.close()
    this.tell('error')
  }
}

let told: unknown[]
let leave: () => void
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Source)
  Source.opened.length = 0
  told = []
  leave = followLive({
    onOpen: () => told.push('open'),
    onNews: ({ topics }) => told.push(topics),
    onBroken: () => told.push('broken'),
  })
})
afterEach(() => {
  leave()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})
const newest = (): Source => Source.opened.at(-1)!

describe('following the stream', () => {
  it('tells what comes', () => {
    newest().tell('open')
    newest().tell('change', { topics: ['tip'], feed: 'live' })
    newest().tell('ping')
    expect(told).toEqual(['open', ['tip']])
  })

  it('takes a stream that is silent for broken, and opens another', () => {
    newest().tell('open')
    for (let n = 0; n < 10; n++) {
      vi.advanceTimersByTime(15_000)
      newest().tell('ping')
    }
    expect(Source.opened).toHaveLength(1)
    vi.advanceTimersByTime(30_000)
    vi.advanceTimersByTime(1)
    expect(told).toEqual(['open', 'broken'])
    expect(Source.opened).toHaveLength(2)
    expect(Source.opened[0]!.readyState).toBe(Source.CLOSED)
  })

  it('comes back later and later to who has no room, and at once no more than before when there was some', () => {
    const waits = [5, 10, 20, 40, 60, 60]
    for (const seconds of waits) {
      const before = Source.opened.length
      newest().refuse()
      vi.advanceTimersByTime(seconds * 1_000 - 1)
      expect(Source.opened).toHaveLength(before)
      vi.advanceTimersByTime(1)
      expect(Source.opened).toHaveLength(before + 1)
    }
    newest().tell('open')
    newest().refuse()
    const before = Source.opened.length
    vi.advanceTimersByTime(5_000)
    expect(Source.opened).toHaveLength(before + 1)
  })

  it('leaves a stream alone that the browser opens again itself', () => {
    newest().tell('open')
    newest().tell('error')
    expect(told).toEqual(['open', 'broken'])
    vi.advanceTimersByTime(20_000)
    expect(Source.opened).toHaveLength(1)
  })

  it('is over when one leaves', () => {
    leave()
    vi.advanceTimersByTime(120_000)
    expect(Source.opened).toHaveLength(1)
    expect(newest().readyState).toBe(Source.CLOSED)
  })
})
