import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAge, formatDuration, formatUtc, formatUtcClock, formatUtcDay } from '../../src/format/time'

const AT_MS = Date.UTC(2026, 10, 22, 7, 42, 10, 999)

describe('UTC', () => {
  it('never shows a local time', () => {
    expect(formatUtc(AT_MS)).toBe('2026-11-22 07:42:10 UTC')
    expect(formatUtcClock(AT_MS)).toBe('07:42')
    expect(formatUtcDay(AT_MS)).toBe('22 Nov')
  })
})

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [3_599_999, '59 min'],
    [3_600_000, '1 h'],
    [11_520_000, '3 h 12 min'],
    [51_300_000, '14 h'],
    [86_400_000, '1 d'],
    [190_800_000, '2 d 5 h'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it('never claims more than has passed', () => {
    const unitMs = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 } as Record<string, number>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (ms) => {
        const parts = [...formatDuration(ms).matchAll(/(\d+) (\w+)/g)]
        const claimed = parts.reduce(
          (sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? NaN),
          0,
        )
        expect(claimed).toBeLessThanOrEqual(ms)
        expect(claimed).toBeGreaterThan(ms * 0.5 - 1000)
      }),
    )
  })
})

describe('formatAge', () => {
  it('counts a time a little ahead as now', () => {
    expect(formatAge(AT_MS + 400, AT_MS)).toBe('just now')
    expect(formatAge(AT_MS - 12_300, AT_MS)).toBe('12 s ago')
  })
})
