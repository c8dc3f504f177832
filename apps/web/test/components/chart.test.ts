import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seriesOf, summarise, unmeasuredUntilMs } from '../../src/components/chart/series'
import { timeTicks, valueTicks } from '../../src/components/chart/ticks'
import type { HashratePoint } from '../../src/server/chart'

const MINUTE_MS = 60_000

function pointOf(n: number, hashesPerSecond: number | undefined, lengthMs = MINUTE_MS): HashratePoint {
  return {
    startsAtMs: n * MINUTE_MS,
    endsAtMs: n * MINUTE_MS + lengthMs,
    hashrate:
      hashesPerSecond === undefined
        ? { measured: false, why: 'no-share' }
        : {
            measured: true,
            hashesPerSecond,
            seconds: 60,
            shareCount: 5,
            effectiveCount: hashesPerSecond === 0 ? 0 : 5,
          },
  }
}

describe('seriesOf', () => {
  it('draws every bucket, and gives the last one its width', () => {
    const series = seriesOf([pointOf(0, undefined), pointOf(1, 0), pointOf(2, 7)], MINUTE_MS)
    expect(series.map(({ atMs, hashesPerSecond }) => [atMs / MINUTE_MS, hashesPerSecond])).toEqual([
      [0, null],
      [1, 0],
      [2, 7],
      [3, 7],
    ])
  })

  it('leaves out a last bucket that has hardly begun', () => {
    expect(seriesOf([pointOf(0, 5), pointOf(1, 90, 10_000)], MINUTE_MS).at(-1)?.hashesPerSecond).toBe(5)
    expect(seriesOf([pointOf(0, 5), pointOf(1, 90, 30_000)], MINUTE_MS).at(-1)?.hashesPerSecond).toBe(90)
  })

  it('tells what was not measured from a zero', () => {
    const zeros = seriesOf([pointOf(0, 0), pointOf(1, 0)], MINUTE_MS)
    expect(unmeasuredUntilMs(zeros)).toBeUndefined()
    expect(summarise(zeros)).toEqual({ lowest: 0, highest: 0, latest: 0 })
    const unknown = seriesOf([pointOf(0, undefined), pointOf(1, undefined)], MINUTE_MS)
    expect(unmeasuredUntilMs(unknown)).toBe(2 * MINUTE_MS)
    expect(summarise(unknown)).toBeUndefined()
    expect(unmeasuredUntilMs(seriesOf([pointOf(0, undefined), pointOf(1, 3)], MINUTE_MS))).toBe(MINUTE_MS)
  })
})

describe('valueTicks', () => {
  it('begins at zero, reaches the highest value and stays few', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e24, noNaN: true }), (highest) => {
        const ticks = valueTicks(highest)
        expect(ticks[0]).toBe(0)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest * (1 - 1e-12))
        expect(ticks.length).toBeGreaterThanOrEqual(3)
        expect(ticks.length).toBeLessThanOrEqual(6)
      }),
    )
    expect(valueTicks(0)).toEqual([0, 1])
  })
})

describe('timeTicks', () => {
  it('stays inside its span, on round instants, and within its number', () => {
    const start = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })
    fc.assert(
      fc.property(start, fc.integer({ min: 3_600_000, max: 30 * 86_400_000 }), (startsAtMs, lengthMs) => {
        const ticks = timeTicks(startsAtMs, startsAtMs + lengthMs, 7)
        expect(ticks.length).toBeLessThanOrEqual(8)
        expect(ticks.length).toBeGreaterThanOrEqual(1)
        for (const tick of ticks) {
          expect(tick % 300_000).toBe(0)
          expect(tick).toBeGreaterThanOrEqual(startsAtMs)
          expect(tick).toBeLessThanOrEqual(startsAtMs + lengthMs)
        }
      }),
    )
  })
})
