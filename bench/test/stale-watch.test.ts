import { expect, test } from 'vitest'
import { MAX_STALE_MS, StaleWatch } from '../src/soak/stale-watch.js'

function lookAt(watch: StaleWatch, nowMs: number): void {
  watch.see()
  watch.look(nowMs)
}

/** A miner and a clock as far as the watch looks at them. */
function openWatch(): {
  watch: StaleWatch
  miner: { tip: string | undefined; readyAtMs: number }
  clock: { tips: Set<string>; sinceMs: number }
} {
  const miner = { tip: 'a' as string | undefined, readyAtMs: 0 }
  const clock = { tips: new Set(['a']), sinceMs: 0 }
  return { watch: new StaleWatch([miner] as never, clock as never), miner, clock }
}

test('who follows in time is not stale, and the longest delay is remembered', () => {
  const { watch, miner, clock } = openWatch()
  Object.assign(clock, { tips: new Set(['b']), sinceMs: 1_000 })
  lookAt(watch, 1_700)
  miner.tip = 'b'
  lookAt(watch, 9_000)
  expect(watch).toMatchObject({ staleCount: 0, worstMs: 700 })
})

test('who does not is counted once a tip', () => {
  const { watch, clock } = openWatch()
  Object.assign(clock, { tips: new Set(['b']), sinceMs: 1_000 })
  for (let nowMs = 1_000; nowMs < 9_000; nowMs += 50) lookAt(watch, nowMs)
  expect(watch.staleCount).toBe(1)
  expect(watch.worstMs).toBeGreaterThan(MAX_STALE_MS)
  Object.assign(clock, { tips: new Set(['c']), sinceMs: 9_000 })
  lookAt(watch, 9_000 + MAX_STALE_MS)
  expect(watch.staleCount).toBe(1)
  lookAt(watch, 9_001 + MAX_STALE_MS)
  expect(watch.staleCount).toBe(2)
})

test('either tip is right while nodes disagree, and none can be asked for while no node is up', () => {
  const { watch, clock } = openWatch()
  Object.assign(clock, { tips: new Set(['a', 'b']), sinceMs: 0 })
  lookAt(watch, 60_000)
  clock.tips = new Set()
  lookAt(watch, 60_000)
  expect(watch).toMatchObject({ staleCount: 0, worstMs: 0 })
})

test('a miner that has just come back has as long as the others', () => {
  const { watch, miner, clock } = openWatch()
  Object.assign(clock, { tips: new Set(['b']), sinceMs: 1_000 })
  miner.tip = undefined
  lookAt(watch, 50_000)
  Object.assign(miner, { tip: 'a', readyAtMs: 50_000 })
  lookAt(watch, 50_500)
  expect(watch).toMatchObject({ staleCount: 0, worstMs: 500 })
})

test('who hears of a tip while the nodes are asked is ahead, and not behind', () => {
  const { watch, miner, clock } = openWatch()
  Object.assign(clock, { tips: new Set(['b']), sinceMs: 1_000 })
  miner.tip = 'b'
  watch.see()
  miner.tip = 'c'
  watch.look(9_000)
  expect(watch).toMatchObject({ staleCount: 0, worstMs: 0 })
})
