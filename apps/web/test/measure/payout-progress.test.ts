import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { progressToPayout } from '../../src/measure/payout-progress'

const POOL = { thresholdSats: 100_000n, minimumSats: 10_000n }

describe('progressToPayout', () => {
  it("goes by the miner's own threshold, and by the pool's where he has none", () => {
    expect(progressToPayout(25_000n, POOL, undefined)).toEqual({
      targetSats: 100_000n,
      missingSats: 75_000n,
      percent: 25,
    })
    expect(progressToPayout(25_000n, POOL, 25_000n)).toEqual({
      targetSats: 25_000n,
      missingSats: 0n,
      percent: 100,
    })
  })

  it('asks for the minimum of whoever wants less', () => {
    expect(progressToPayout(5_000n, POOL, 1n)).toEqual({
      targetSats: 10_000n,
      missingSats: 5_000n,
      percent: 50,
    })
  })

  it('is there exactly when nothing is missing, whatever the amounts', () => {
    const sats = fc.bigInt({ min: 0n, max: 21_000_000n * 100_000_000n })
    const own = fc.option(sats, { nil: undefined })
    fc.assert(
      fc.property(sats, sats, sats, own, (availableSats, thresholdSats, minimumSats, ownSats) => {
        const found = progressToPayout(availableSats, { thresholdSats, minimumSats }, ownSats)
        expect(found.percent === 100).toBe(availableSats >= found.targetSats)
        expect(found.percent).toBeGreaterThanOrEqual(0)
        expect(found.targetSats).toBeGreaterThanOrEqual(minimumSats)
        if (found.missingSats > 0n) expect(availableSats + found.missingSats).toBe(found.targetSats)
      }),
    )
  })
})
