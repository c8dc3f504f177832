import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OVER_LIMIT, RateLimit } from '../../src/guard/rate-limit.js'

const rate = fc.double({ min: 0.01, max: 5_000, noNaN: true })
const burst = fc.integer({ min: 1, max: 1_000 })
/** Many at once, in a row, and after a while. */
const pauseMs = fc.oneof(
  fc.constant(0),
  fc.double({ min: 0, max: 2, noNaN: true }),
  fc.double({ min: 0, max: 20_000, noNaN: true }),
)

/** When of the times one was taken. */
function takenAt(limit: RateLimit, timesMs: readonly number[]): number[] {
  let fullAtMs = 0
  return timesMs.filter((nowMs) => {
    const next = limit.take(fullAtMs, nowMs)
    if (next === OVER_LIMIT) return false
    fullAtMs = next
    return true
  })
}

function timesAfter(pausesMs: readonly number[]): number[] {
  let nowMs = 0
  return pausesMs.map((pause) => (nowMs += pause))
}

describe('a rate limit', () => {
  test('law: within any time t never takes more than rate * t + burst', () => {
    fc.assert(
      fc.property(rate, burst, fc.array(pauseMs, { maxLength: 200 }), (perSecond, most, pausesMs) => {
        const taken = takenAt(new RateLimit(perSecond, most), timesAfter(pausesMs))
        for (let first = 0; first < taken.length; first++) {
          for (let last = first; last < taken.length; last++) {
            const bound = ((taken[last]! - taken[first]!) / 1_000) * perSecond + most
            expect(last - first + 1).toBeLessThanOrEqual(bound * (1 + 1e-9))
          }
        }
      }),
    )
  })

  test('law: refuses only when rate * t + burst are used up', () => {
    fc.assert(
      fc.property(rate, burst, fc.array(pauseMs, { maxLength: 200 }), (perSecond, most, pausesMs) => {
        // The bucket as a textbook has it: tokens that come in with time.
        let tokens = most
        let atMs = 0
        const limit = new RateLimit(perSecond, most)
        let fullAtMs = 0
        for (const nowMs of timesAfter(pausesMs)) {
          tokens = Math.min(most, tokens + ((nowMs - atMs) / 1_000) * perSecond)
          atMs = nowMs
          const next = limit.take(fullAtMs, nowMs)
          if (Math.abs(tokens - 1) > 1e-6) expect(next === OVER_LIMIT).toBe(tokens < 1)
          if (next === OVER_LIMIT) continue
          tokens--
          fullAtMs = next
        }
      }),
    )
  })

  test('law: of sizes within any time t never takes more than rate * t + burst and the last of them', () => {
    const size = fc.integer({ min: 1, max: 5_000 })
    fc.assert(
      fc.property(rate, burst, fc.array(fc.tuple(pauseMs, size)), (perSecond, most, asked) => {
        const limit = new RateLimit(perSecond, most)
        const times = timesAfter(asked.map(([pause]) => pause))
        let fullAtMs = 0
        const taken: { atMs: number; tokens: number }[] = []
        for (const [index, [, tokens]] of asked.entries()) {
          const atMs = times[index]!
          const next = limit.take(fullAtMs, atMs, tokens)
          if (next === OVER_LIMIT) continue
          fullAtMs = next
          taken.push({ atMs, tokens })
        }
        for (const [first, { atMs }] of taken.entries()) {
          let sum = 0
          for (const last of taken.slice(first)) {
            const bound = ((last.atMs - atMs) / 1_000) * perSecond + most
            expect(sum + 1).toBeLessThanOrEqual(bound * (1 + 1e-9))
            sum += last.tokens
          }
        }
      }),
    )
  })

  test('takes its burst at once, then one at a time', () => {
    const limit = new RateLimit(2, 5)
    expect(takenAt(limit, [0, 0, 0, 0, 0, 0, 0, 499, 500, 501, 1_000, 9_000])).toEqual([
      0, 0, 0, 0, 0, 500, 1_000, 9_000,
    ])
  })

  test('that is unlimited takes all', () => {
    const times = Array<number>(10_000).fill(1)
    expect(takenAt(new RateLimit(Infinity, Infinity), times)).toHaveLength(10_000)
  })

  test('is calm again when half of its burst has come back', () => {
    const limit = new RateLimit(1, 11)
    let fullAtMs = 0
    for (let i = 0; i < 11; i++) fullAtMs = limit.take(fullAtMs, 0)
    expect(limit.isCalm(fullAtMs, 5_900)).toBe(false)
    expect(limit.isCalm(fullAtMs, 6_000)).toBe(true)
  })
})
