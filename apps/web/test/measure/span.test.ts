import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spanOfWindow } from '../../src/measure/span'

const WINDOWS = {
  '10m': [600_000, 60_000],
  '1h': [3_600_000, 60_000],
  '6h': [21_600_000, 900_000],
  '24h': [86_400_000, 3_600_000],
} as const

describe('spanOfWindow', () => {
  it('ends at its end, begins at a rollup, and is less than one rollup too long', () => {
    const window = fc.constantFrom('10m' as const, '1h' as const, '6h' as const, '24h' as const)
    fc.assert(
      fc.property(window, fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }), (name, untilMs) => {
        const [lengthMs, rollupMs] = WINDOWS[name]
        const span = spanOfWindow(name, untilMs)
        expect(span.endsAtMs).toBe(untilMs)
        expect(span.startsAtMs % rollupMs).toBe(0)
        expect(untilMs - span.startsAtMs).toBeGreaterThanOrEqual(lengthMs)
        expect(untilMs - span.startsAtMs).toBeLessThan(lengthMs + rollupMs)
      }),
    )
  })
})
