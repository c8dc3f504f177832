import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  chartShape,
  fillChart,
  firstRange,
  RANGES,
  RANGE_SHAPES,
  rangeStartMs,
  SHORTEST_ZOOM_MS,
  startOfDay,
} from '../../src/measure/range'

const instant = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })

describe('fillChart', () => {
  it('covers a range without gap or overlap, in whole buckets but the last', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RANGES), instant, (range, endsAtMs) => {
        const shape = RANGE_SHAPES[range]
        const windows = fillChart(chartShape(range, endsAtMs), [])
        expect(windows).toHaveLength(shape.lengthMs / shape.bucketMs)
        expect(windows.at(-1)?.endsAtMs).toBe(endsAtMs)
        for (const [index, window] of windows.entries()) {
          expect(window.startsAtMs % shape.bucketMs).toBe(0)
          expect(window.endsAtMs).toBeGreaterThan(window.startsAtMs)
          if (index > 0) expect(window.startsAtMs).toBe(windows[index - 1]?.endsAtMs)
        }
      }),
    )
  })

  it('puts each bucket in its place and invents no work', () => {
    const shape = RANGE_SHAPES['1h']
    const endsAtMs = 1_800_000_030_000
    const first = rangeStartMs(shape, endsAtMs)
    const bucket = { startsAtMs: first + 60_000, work: 7n, shareCount: 2, workSquared: 25n }
    const windows = fillChart(chartShape('1h', endsAtMs), [bucket])
    expect(windows[1]).toEqual({
      startsAtMs: first + 60_000,
      endsAtMs: first + 120_000,
      work: 7n,
      shareCount: 2,
      workSquared: 25n,
    })
    expect(windows.reduce((sum, window) => sum + window.work, 0n)).toBe(7n)
  })
})

describe('a stretch that was picked', () => {
  const DAY = 86_400_000

  it('is drawn whole, in buckets that are there and not too many, up to the end of the record', () => {
    const ago = fc.integer({ min: 0, max: 380 * DAY })
    fc.assert(
      fc.property(instant, ago, fc.integer({ min: 1, max: 380 * DAY }), (untilMs, agoMs, lengthMs) => {
        const zoom = { fromMs: untilMs - agoMs - lengthMs, toMs: untilMs - agoMs }
        const { startsAtMs, endsAtMs, bucketMs, resolution } = chartShape('1h', untilMs, zoom)
        expect(endsAtMs).toBeLessThanOrEqual(untilMs)
        expect(startsAtMs % bucketMs).toBe(0)
        expect(endsAtMs - startsAtMs).toBeGreaterThanOrEqual(SHORTEST_ZOOM_MS)
        expect((endsAtMs - startsAtMs) / bucketMs).toBeLessThanOrEqual(184)
        expect(
          bucketMs % { minute: 60_000, quarter_hour: 900_000, hour: 3_600_000, day: DAY }[resolution],
        ).toBe(0)
        if (lengthMs < 360 * DAY) expect(startsAtMs).toBeLessThanOrEqual(zoom.fromMs)
        if (bucketMs < 3_600_000) expect(untilMs - startsAtMs).toBeLessThan(3 * DAY)
        if (resolution === 'hour') expect(untilMs - startsAtMs).toBeLessThan(400 * DAY)
      }),
    )
  })

  it('is finer than the range it was picked from', () => {
    const untilMs = 1_800_000_000_000
    const hour = { fromMs: untilMs - 7_200_000, toMs: untilMs - 3_600_000 }
    expect(chartShape('24h', untilMs, hour)).toMatchObject({ bucketMs: 60_000, resolution: 'minute' })
    const old = { fromMs: untilMs - 8 * DAY, toMs: untilMs - 7 * DAY }
    expect(chartShape('30d', untilMs, old)).toMatchObject({ bucketMs: 3_600_000, resolution: 'hour' })
  })
})

test('a day begins at midnight UTC', () => {
  expect(startOfDay(Date.UTC(2026, 10, 26, 23, 59))).toBe(Date.UTC(2026, 10, 26))
})

describe('firstRange', () => {
  it('begins with a chart that is not mostly empty', () => {
    const nowMs = 1_800_000_000_000
    expect(firstRange(undefined, nowMs)).toBe('1h')
    expect(firstRange(nowMs - 59 * 60_000, nowMs)).toBe('1h')
    expect(firstRange(nowMs - 61 * 60_000, nowMs)).toBe('6h')
    expect(firstRange(nowMs - 7 * 3_600_000, nowMs)).toBe('24h')
  })
})
