import fc from 'fast-check'
import { expect, it } from 'vitest'
import { daysOfPart, firstDayMs, uptimeOf, type Stretch, type Trouble } from '../../src/measure/uptime'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Noon. */
const NOW = 20_000 * DAY + 12 * HOUR

it('cuts trouble at midnight, and counts it only while somebody looked', () => {
  const watches = [{ fromMs: NOW - 20 * HOUR, untilMs: NOW }]
  const troubles: Trouble[] = [{ kind: 'down', fromMs: NOW - 30 * HOUR, untilMs: NOW - 11 * HOUR }]
  expect(daysOfPart(watches, troubles, { nowMs: NOW, days: 2 })).toEqual([
    { dayMs: NOW - 36 * HOUR, wellMs: 0, degradedMs: 0, downMs: 8 * HOUR, unknownMs: 16 * HOUR },
    { dayMs: NOW - 12 * HOUR, wellMs: 11 * HOUR, degradedMs: 0, downMs: HOUR, unknownMs: 0 },
  ])
})

it('claims nothing of a pool that nobody has watched', () => {
  const days = daysOfPart([], [], { nowMs: NOW, days: 90 })
  expect(days).toHaveLength(90)
  expect(days.every(({ wellMs }) => wellMs === 0)).toBe(true)
  expect(uptimeOf(days)).toBeUndefined()
})

it('calls uptime what was known, degraded or not', () => {
  const watches = [{ fromMs: NOW - 10 * HOUR, untilMs: NOW }]
  const troubles: Trouble[] = [
    { kind: 'degraded', fromMs: NOW - 10 * HOUR, untilMs: NOW - 8 * HOUR },
    { kind: 'unknown', fromMs: NOW - 8 * HOUR, untilMs: NOW - 6 * HOUR },
    { kind: 'down', fromMs: NOW - 2 * HOUR, untilMs: NOW },
  ]
  expect(uptimeOf(daysOfPart(watches, troubles, { nowMs: NOW, days: 1 }))).toBe(0.75)
})

it('every moment of a day is counted once', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: -3 * DAY, max: 0 }), { minLength: 2, maxLength: 12 })
  const kinds = fc.array(fc.constantFrom('degraded', 'down', 'unknown'), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(cuts, cuts, kinds, (watchCuts, troubleCuts, of) => {
      const watches = stretches(watchCuts)
      const troubles = stretches(troubleCuts).map((stretch, index) => ({ ...stretch, kind: of[index]! }))
      const days = daysOfPart(watches, troubles, { nowMs: NOW, days: 3 })
      for (const { dayMs, wellMs, degradedMs, downMs, unknownMs } of days) {
        const parts = [wellMs, degradedMs, downMs, unknownMs]
        expect(Math.min(...parts)).toBeGreaterThanOrEqual(0)
        expect(parts.reduce((a, b) => a + b)).toBe(Math.min(DAY, NOW - dayMs))
      }
      expect(days[0]?.dayMs).toBe(firstDayMs(NOW, 3))
    }),
  )
})

/** Every other one of the stretches between cuts. */
function stretches(cuts: readonly number[]): Stretch[] {
  const sorted = [...cuts].sort((a, b) => a - b).map((cut) => NOW + cut)
  return sorted.flatMap((fromMs, index) =>
    index % 2 === 0 && sorted[index + 1] !== undefined ? [{ fromMs, untilMs: sorted[index + 1]! }] : [],
  )
}
