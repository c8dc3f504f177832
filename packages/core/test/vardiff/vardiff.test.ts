import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Vardiff, type VardiffOptions } from '../../src/vardiff/vardiff.js'
import { HASHES_PER_DIFFICULTY, SimulatedMiner } from './simulate-miner.js'

const OPTIONS: VardiffOptions = {
  sharesPerMinute: 12,
  minDifficulty: 1e-9,
  maxDifficulty: 2 ** 53,
  startDifficulty: 1024,
}
const MEAN_GAP_MS = 60_000 / OPTIONS.sharesPerMinute

function idealDifficulty(hashrate: number, sharesPerMinute = OPTIONS.sharesPerMinute): number {
  return (hashrate * 60) / sharesPerMinute / HASHES_PER_DIFFICULTY
}

/** Laws that hold but for bad luck are tried with seeds that never change, and not shrunk towards that luck. */
const LUCKLESS = { seed: 20261122, numRuns: 1000, endOnFailure: true }

const anyMiner = fc.record({
  // 50 kH/s to 1 EH/s, evenly over the orders of magnitude.
  hashrate: fc.double({ min: Math.log10(5e4), max: 18, noNaN: true }).map((exponent) => 10 ** exponent),
  startDifficulty: fc.double({ min: -4, max: 6, noNaN: true }).map((exponent) => 10 ** exponent),
  sharesPerMinute: fc.double({ min: 1, max: 30, noNaN: true }),
  seed: fc.integer(),
})

describe('a miner of any hashrate', () => {
  it('is near its difficulty after a few changes, and then left alone', () => {
    let laterChanges = 0
    fc.assert(
      fc.property(anyMiner, ({ hashrate, startDifficulty, sharesPerMinute, seed }) => {
        const ideal = idealDifficulty(hashrate, sharesPerMinute)
        const options = { ...OPTIONS, startDifficulty, sharesPerMinute }
        const miner = new SimulatedMiner(options, () => hashrate, seed)
        const dueMs = 60_000 / sharesPerMinute
        miner.runUntil(300 * dueMs)
        expect(miner.changes.length).toBeLessThanOrEqual(12)
        expect(miner.vardiff.difficulty / ideal).toBeGreaterThan(1 / 2.5)
        expect(miner.vardiff.difficulty / ideal).toBeLessThan(2.5)

        const changesBefore = miner.changes.length
        miner.runUntil(1300 * dueMs)
        laterChanges += miner.changes.length - changesBefore
      }),
      LUCKLESS,
    )
    expect(laterChanges / LUCKLESS.numRuns).toBeLessThan(0.5)
  })

  it('is not flooded with changes in a steady state: less than one in two hours', () => {
    let changes = 0
    let shares = 0
    for (let seed = 1; seed <= 20; seed++) {
      const hashrate = 1e14 * seed
      const startDifficulty = idealDifficulty(hashrate)
      const miner = new SimulatedMiner({ ...OPTIONS, startDifficulty }, () => hashrate, seed)
      miner.runUntil(10 * 3_600_000)
      changes += miner.changes.length
      shares += miner.shareCount
    }
    expect(changes / 200).toBeLessThan(0.5)
    expect(shares / (200 * 60)).toBeGreaterThan(OPTIONS.sharesPerMinute * 0.85)
    expect(shares / (200 * 60)).toBeLessThan(OPTIONS.sharesPerMinute * 1.15)
  })
})

describe('a hashrate that changes', () => {
  const before = 1e14
  const changeAtMs = 1_800_000

  function difficultyAfter(factor: number, afterMs: number, seed: number): number {
    const startDifficulty = idealDifficulty(before)
    const hashrate = (atMs: number) => (atMs < changeAtMs ? before : before * factor)
    const miner = new SimulatedMiner({ ...OPTIONS, startDifficulty }, hashrate, seed)
    miner.runUntil(changeAtMs + afterMs)
    return miner.vardiff.difficulty / idealDifficulty(before * factor)
  }

  it('is followed upwards within a minute or two', () => {
    for (let seed = 1; seed <= 20; seed++) {
      expect(difficultyAfter(10, 60_000, seed)).toBeGreaterThan(1 / 3)
      expect(difficultyAfter(4, 120_000, seed)).toBeGreaterThan(1 / 3)
    }
  })

  it('is followed downwards within ten minutes', () => {
    for (let seed = 1; seed <= 20; seed++) {
      expect(difficultyAfter(0.25, 600_000, seed)).toBeLessThan(2.5)
      expect(difficultyAfter(0.001, 600_000, seed)).toBeLessThan(4)
    }
  })
})

describe('a burst', () => {
  it('raises the difficulty at its eighth share, by a bounded factor', () => {
    const vardiff = new Vardiff(OPTIONS, 0)
    for (let share = 1; share <= 7; share++) expect(vardiff.onShare(1, 1024)).toBeUndefined()
    expect(vardiff.onShare(1, 1024)).toBe(65_500)
    expect(vardiff.difficulty).toBe(65_500)
  })

  it('raises it once, although the rest of the packet is still to come', () => {
    const vardiff = new Vardiff(OPTIONS, 0)
    let changes = 0
    for (let share = 0; share < 10_000; share++) if (vardiff.onShare(1, 1024) !== undefined) changes++
    expect(changes).toBe(1)
  })

  it('of shares that were found during a stall and arrive after a fall changes nothing', () => {
    const vardiff = new Vardiff(OPTIONS, 0)
    for (let share = 1; share <= 20; share++) vardiff.onShare(share * MEAN_GAP_MS, 1024)
    expect(vardiff.onIdle(31 * MEAN_GAP_MS)).toBe(256)
    for (let share = 0; share < 40; share++) {
      expect(vardiff.onShare(31 * MEAN_GAP_MS + 1, 1024)).toBeUndefined()
    }
  })
})

describe('silence', () => {
  it('lowers the difficulty faster the longer it lasts, down to the minimum', () => {
    const vardiff = new Vardiff({ ...OPTIONS, minDifficulty: 0.001 }, 0)
    const steps: number[] = []
    for (let atMs = 0; atMs <= 600_000; atMs += 5_000) {
      const difficulty = vardiff.onIdle(atMs)
      if (difficulty !== undefined) steps.push(difficulty)
    }
    expect(steps).toEqual([256, 16, 0.0625, 0.001])
  })

  it('of a running miner is judged more patiently than that of a new one', () => {
    const fresh = new Vardiff(OPTIONS, 0)
    expect(fresh.onIdle(6 * MEAN_GAP_MS - 1)).toBeUndefined()
    expect(fresh.onIdle(6 * MEAN_GAP_MS)).toBe(256)
    const running = new Vardiff(OPTIONS, 0)
    for (let share = 1; share <= 20; share++) running.onShare(share * MEAN_GAP_MS, 1024)
    expect(running.onIdle(31 * MEAN_GAP_MS - 1)).toBeUndefined()
    expect(running.onIdle(31 * MEAN_GAP_MS)).toBe(256)
  })
})

describe('bounds', () => {
  it('hold at any time, and a returned difficulty is always a new one', () => {
    const events = fc.array(
      fc.record({
        gapMs: fc.integer({ min: -1000, max: 300_000 }),
        isShare: fc.boolean(),
        isOld: fc.boolean(),
      }),
      { maxLength: 300 },
    )
    fc.assert(
      fc.property(events, (list) => {
        const options = { ...OPTIONS, minDifficulty: 0.37, startDifficulty: 5.5, maxDifficulty: 777_777 }
        const vardiff = new Vardiff(options, 0)
        let nowMs = 0
        for (const { gapMs, isShare, isOld } of list) {
          nowMs += gapMs
          const before = vardiff.difficulty
          const assigned = isOld ? before / 2 : before
          const changed = isShare ? vardiff.onShare(nowMs, assigned) : vardiff.onIdle(nowMs)
          expect(vardiff.difficulty).toBe(changed ?? before)
          expect(changed).not.toBe(before)
          expect(vardiff.difficulty).toBeGreaterThanOrEqual(options.minDifficulty)
          expect(vardiff.difficulty).toBeLessThanOrEqual(options.maxDifficulty)
        }
      }),
    )
  })

  it('are not left by a fixed port, whatever happens', () => {
    const miner = new SimulatedMiner({ ...OPTIONS, isFixed: true }, () => 1e12, 7)
    expect(miner.vardiff.onSuggestion(0, 5)).toBeUndefined()
    expect(miner.vardiff.onMinimum(0, 5000)).toBeUndefined()
    miner.runUntil(3_600_000)
    const idle = new SimulatedMiner({ ...OPTIONS, isFixed: true }, () => 1, 7)
    idle.runUntil(3_600_000)
    expect([miner.changes, idle.changes]).toEqual([[], []])
  })
})

describe('what a miner asks for', () => {
  it('is where it starts, within the bounds', () => {
    const vardiff = new Vardiff({ ...OPTIONS, minDifficulty: 1, maxDifficulty: 1e6 }, 0)
    expect(vardiff.onSuggestion(0, 0.00015)).toBe(1)
    expect(vardiff.onSuggestion(0, 1e12)).toBe(1e6)
    expect(vardiff.onSuggestion(0, 5000)).toBe(5000)
  })

  it('means nothing when it is repeated, or once there is evidence', () => {
    const vardiff = new Vardiff(OPTIONS, 0)
    expect(vardiff.onSuggestion(0, 500)).toBe(500)
    expect(vardiff.onIdle(6 * MEAN_GAP_MS)).toBe(125)
    expect(vardiff.onSuggestion(6 * MEAN_GAP_MS, 500)).toBeUndefined()
    vardiff.onShare(6 * MEAN_GAP_MS, 125)
    expect(vardiff.onSuggestion(6 * MEAN_GAP_MS, 300)).toBeUndefined()
    expect(vardiff.difficulty).toBe(125)
  })

  it('as a minimum is never fallen below', () => {
    const vardiff = new Vardiff(OPTIONS, 0)
    expect(vardiff.onMinimum(0, 2000)).toBe(2000)
    expect(vardiff.onMinimum(0, 1500)).toBeUndefined()
    for (let atMs = 0; atMs < 3_600_000; atMs += 5_000) vardiff.onIdle(atMs)
    expect(vardiff.difficulty).toBe(1500)
  })
})
