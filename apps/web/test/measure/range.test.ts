import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillRange, firstRange, RANGES, RANGE_SHAPES, rangeStartMs } from '../../src/measure/range'

const instant = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })

describe('fillRange', () => {
  it('covers a range without gap or overlap, in whole buckets but the last', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RANGES), instant, (range, endsAtMs) => {
        const shape = RANGE_SHAPES[range]
        const windows = fillRange(shape, endsAtMs, [])
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
    const windows = fillRange(shape, endsAtMs, [{ startsAtMs: first + 60_000, work: 7n, shareCount: 2 }])
    expect(windows[1]).toEqual({
      startsAtMs: first + 60_000,
      endsAtMs: first + 120_000,
      work: 7n,
      shareCount: 2,
    })
    expect(windows.reduce((sum, window) => sum + window.work, 0n)).toBe(7n)
  })
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
