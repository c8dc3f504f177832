import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashrateBand, measureHashrate } from '../../src/measure/hashrate'

const HOUR_MS = 3_600_000
const SHARE_WORK = 4_295_032_833n

function windowOf(shareCount: number, startsAtMs = 0, endsAtMs = HOUR_MS) {
  const count = BigInt(shareCount)
  return { startsAtMs, endsAtMs, shareCount, work: SHARE_WORK * count, workSquared: SHARE_WORK ** 2n * count }
}

describe('measureHashrate', () => {
  it('is unknown before the first share', () => {
    expect(measureHashrate(windowOf(0), undefined)).toEqual({ measured: false, why: 'no-share' })
    expect(measureHashrate(windowOf(0), HOUR_MS)).toEqual({ measured: false, why: 'no-share' })
  })

  it('is unknown while too little was seen', () => {
    expect(measureHashrate(windowOf(5), HOUR_MS - 20_000)).toEqual({ measured: false, why: 'too-early' })
    expect(measureHashrate(windowOf(1), HOUR_MS - 600_000)).toEqual({ measured: false, why: 'too-early' })
  })

  it('is a measured zero when a known miner was silent', () => {
    const rate = measureHashrate(windowOf(0), -HOUR_MS)
    expect(rate).toEqual({
      measured: true,
      hashesPerSecond: 0,
      seconds: 3600,
      shareCount: 0,
      effectiveCount: 0,
    })
  })

  it('is work over the window when the miner was there before it', () => {
    const rate = measureHashrate(windowOf(600), -1)
    expect(rate).toMatchObject({ measured: true, seconds: 3600, shareCount: 600 })
    expect(rate.measured && rate.hashesPerSecond).toBeCloseTo((Number(SHARE_WORK) * 600) / 3600, 3)
  })

  it('counts from the first share, and not that share', () => {
    // 11 shares, one every 60 s, the first 10 minutes before the end: ten intervals.
    const rate = measureHashrate(windowOf(11), HOUR_MS - 600_000)
    expect(rate).toMatchObject({ measured: true, seconds: 600, shareCount: 10 })
    expect(rate.measured && rate.hashesPerSecond).toBeCloseTo(Number(SHARE_WORK) / 60, 3)
  })

  it('rests on as many shares as would be as good, were they alike', () => {
    // A hundred shares of work 1, and one of work 100: half of the work is one share.
    const window = { startsAtMs: 0, endsAtMs: HOUR_MS, shareCount: 101, work: 200n, workSquared: 10_100n }
    const mixed = measureHashrate(window, -1)
    if (!mixed.measured) throw new Error('the window is full')
    expect(mixed.effectiveCount).toBeCloseTo(200 ** 2 / 10_100, 9)
    const band = hashrateBand(mixed)!
    expect(band.low / mixed.hashesPerSecond).toBeCloseTo(0.36, 1)
    expect(band.high / mixed.hashesPerSecond).toBeCloseTo(2.25, 1)
    // Alike, they are what they are; and squares that were not kept say nothing.
    for (const workSquared of [SHARE_WORK ** 2n * 600n, 0n])
      expect(measureHashrate({ ...windowOf(600), workSquared }, -1)).toMatchObject({
        effectiveCount: expect.closeTo(600, 6) as number,
      })
    expect(hashrateBand(measureHashrate(windowOf(0), -1))).toBeUndefined()
    expect(hashrateBand(measureHashrate(windowOf(0), undefined))).toBeUndefined()
  })

  it('never depends on time before the first share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5000 }),
        fc.integer({ min: 0, max: HOUR_MS }),
        (shareCount, beforeMs) => {
          const firstShareAtMs = HOUR_MS - 700_000
          const narrow = measureHashrate(windowOf(shareCount, firstShareAtMs), firstShareAtMs)
          const wide = measureHashrate(windowOf(shareCount, firstShareAtMs - beforeMs), firstShareAtMs)
          expect(wide).toEqual(narrow)
        },
      ),
    )
  })

  it('is right on average for a miner who has just begun', () => {
    // Poisson arrivals of one share every 10 s, looked at 5 minutes after the first one, many times over.
    const random = generator(20261122)
    const ratePerSecond = 0.1
    let sum = 0
    const runs = 4000
    for (let run = 0; run < runs; run += 1) {
      let shareCount = 1
      for (let at = wait(random, ratePerSecond); at < 300; at += wait(random, ratePerSecond)) shareCount += 1
      const rate = measureHashrate(windowOf(shareCount, 0, 300_000), 0)
      sum += rate.measured ? rate.hashesPerSecond : 0
    }
    const expected = Number(SHARE_WORK) * ratePerSecond
    expect(Math.abs(sum / runs / expected - 1)).toBeLessThan(0.02)
  })
})

function wait(random: () => number, ratePerSecond: number): number {
  return -Math.log(1 - random()) / ratePerSecond
}

/** mulberry32: small, and the same on every machine. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
