import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RATIO_WIDTH, RejectRatio } from '../../src/guard/reject-ratio.js'

const OPTIONS = { halfLifeMs: 60_000, minSubmissions: 20, rejectPercent: 50 }

function countAll(
  ratio: RejectRatio,
  cells: Float64Array,
  accepted: number,
  rejected: number,
  nowMs: number,
): void {
  for (let i = 0; i < accepted; i++) ratio.count(cells, 0, true, nowMs)
  for (let i = 0; i < rejected; i++) ratio.count(cells, 0, false, nowMs)
}

describe('a reject ratio', () => {
  test('is bad from the percentage on, once there is enough to judge', () => {
    const ratio = new RejectRatio(OPTIONS)
    const cells = new Float64Array(RATIO_WIDTH)
    countAll(ratio, cells, 0, 19, 0)
    expect(ratio.isBad(cells, 0)).toBe(false)
    countAll(ratio, cells, 0, 1, 0)
    expect(ratio.isBad(cells, 0)).toBe(true)
    countAll(ratio, cells, 20, 0, 0)
    expect(ratio.isBad(cells, 0)).toBe(true)
    countAll(ratio, cells, 1, 0, 0)
    expect(ratio.isBad(cells, 0)).toBe(false)
  })

  test('law: is bad at just so many rejects in a row that hardly decay, and never at fewer', () => {
    const pauses = fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 30, maxLength: 30 })
    fc.assert(
      fc.property(pauses, fc.boolean(), (pausesMs, isSlow) => {
        const ratio = new RejectRatio(OPTIONS)
        const cells = new Float64Array(RATIO_WIDTH)
        let nowMs = 0
        for (const [index, pauseMs] of pausesMs.entries()) {
          nowMs += isSlow ? pauseMs * 1_000 : pauseMs
          ratio.count(cells, 0, false, nowMs)
          if (index + 1 < OPTIONS.minSubmissions) expect(ratio.isBad(cells, 0)).toBe(false)
          else if (!isSlow) expect(ratio.isBad(cells, 0)).toBe(true)
        }
      }),
    )
  })

  test('law: what was counted is half after each half-life', () => {
    const count = fc.integer({ min: 0, max: 500 })
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 20 }), (rejected, halfLives) => {
        const ratio = new RejectRatio(OPTIONS)
        const cells = new Float64Array(RATIO_WIDTH)
        countAll(ratio, cells, 0, rejected, 1_000)
        countAll(ratio, cells, 1, 0, 1_000 + halfLives * OPTIONS.halfLifeMs)
        expect(ratio.rejected(cells, 0)).toBeCloseTo(rejected / 2 ** halfLives, 6)
      }),
    )
  })

  test('law: pauses between counts change nothing but the age of each', () => {
    const event = fc.record({ isAccepted: fc.boolean(), pauseMs: fc.integer({ min: 0, max: 200_000 }) })
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 100 }), (events) => {
        const ratio = new RejectRatio(OPTIONS)
        const cells = new Float64Array(RATIO_WIDTH)
        let nowMs = 0
        const rejectedAtMs: number[] = []
        for (const { isAccepted, pauseMs } of events) {
          nowMs += pauseMs
          ratio.count(cells, 0, isAccepted, nowMs)
          if (!isAccepted) rejectedAtMs.push(nowMs)
        }
        const expected = rejectedAtMs.reduce(
          (sum, atMs) => sum + 2 ** ((atMs - nowMs) / OPTIONS.halfLifeMs),
          0,
        )
        expect(ratio.rejected(cells, 0)).toBeCloseTo(expected, 6)
      }),
    )
  })

  test('is forgotten when less than one submission is left of it', () => {
    const ratio = new RejectRatio(OPTIONS)
    const cells = new Float64Array(RATIO_WIDTH)
    countAll(ratio, cells, 2, 2, 0)
    expect(ratio.isForgotten(cells, 0, 2 * OPTIONS.halfLifeMs - 1)).toBe(false)
    expect(ratio.isForgotten(cells, 0, 2 * OPTIONS.halfLifeMs + 1)).toBe(true)
    ratio.forget(cells, 0)
    expect(ratio.isForgotten(cells, 0, 0)).toBe(true)
  })
})
