import { describe, expect, it } from 'vitest'
import { difficultyOf } from '../../src/vardiff/guessed-range.js'
import { seededRandom } from '../../src/seeded-random.js'
import { SimulatedMiner } from '../../src/vardiff/simulated-miner.js'

const HASHRATE = 1e14
const HOUR_MS = 3_600_000

/** A miner that begins at the difficulty that suits `HASHRATE`. */
function settledMiner(
  hashrate: (atMs: number) => number,
  seed: number,
  sharesPerMinute = 12,
): SimulatedMiner {
  const startDifficulty = Math.round(difficultyOf(HASHRATE, sharesPerMinute))
  const options = { sharesPerMinute, minDifficulty: 1e-9, maxDifficulty: 2 ** 53, startDifficulty }
  const connection = { roundTripMs: 100, maxSharesPerSecond: 1_000, packetMs: 0, random: seededRandom(seed) }
  return new SimulatedMiner(options, { ...connection, hashrate })
}

function rateRatio(miner: SimulatedMiner): number {
  return miner.idealDifficulty / miner.vardiff.difficulty
}

describe('a steady hashrate', { timeout: 60_000 }, () => {
  it.each([1, 6, 12, 30, 60])(
    'at %d shares a minute is left alone: in ten days, hardly a change',
    (perMinute) => {
      let changes = 0
      for (let seed = 1; seed <= 10; seed++) {
        const miner = settledMiner(() => HASHRATE, seed, perMinute)
        miner.runUntil(24 * HOUR_MS)
        changes += miner.changes.length
        expect(miner.shareCount / (1440 * perMinute)).toBeGreaterThan(0.9)
        expect(miner.shareCount / (1440 * perMinute)).toBeLessThan(1.1)
      }
      expect(changes).toBeLessThanOrEqual(4)
    },
  )

  it('a fifth off the wanted rate is left alone too', () => {
    for (const factor of [1 / 1.2, 1.2]) {
      let changes = 0
      for (let seed = 1; seed <= 10; seed++) {
        const miner = settledMiner(() => HASHRATE * factor, seed)
        miner.runUntil(24 * HOUR_MS)
        changes += miner.changes.length
      }
      expect(changes).toBeLessThanOrEqual(4)
    }
  })

  it('between two whole difficulties does not go to and fro', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const options = { sharesPerMinute: 12, minDifficulty: 1e-9, maxDifficulty: 2 ** 53, startDifficulty: 1 }
      const connection = { roundTripMs: 100, maxSharesPerSecond: 1_000, packetMs: 0 }
      const hashrate = HASHRATE * (1.5 / difficultyOf(HASHRATE, 12))
      const miner = new SimulatedMiner(options, {
        ...connection,
        random: seededRandom(seed),
        hashrate: () => hashrate,
      })
      miner.runUntil(24 * HOUR_MS)
      expect(miner.changes.length).toBeLessThanOrEqual(4)
    }
  })
})

describe('a hashrate that changes', () => {
  it.each([
    [0.01, 20, 3],
    [0.5, 40, 2],
    [2, 15, 2],
    [10, 4, 2],
    [1000, 1, 3],
  ])('by the factor %d is followed within %d minutes and %d changes', (factor, minutes, maxChanges) => {
    for (let seed = 1; seed <= 30; seed++) {
      const hashrate = (atMs: number) => (atMs < HOUR_MS ? HASHRATE : HASHRATE * factor)
      const miner = settledMiner(hashrate, seed)
      miner.runUntil(HOUR_MS)
      const changesBefore = miner.changes.length
      miner.runUntil(HOUR_MS + minutes * 60_000)
      expect(rateRatio(miner)).toBeGreaterThan(1 / 1.6)
      expect(rateRatio(miner)).toBeLessThan(1.6)
      expect(miner.changes.length - changesBefore).toBeLessThanOrEqual(maxChanges)
    }
  })
})

describe('a miner that falls silent', () => {
  it.each([2, 10, 600])('for %d minutes falls, and is back soon after it returns', (minutes) => {
    for (let seed = 1; seed <= 30; seed++) {
      const backMs = HOUR_MS + minutes * 60_000
      const miner = settledMiner((atMs) => (atMs < HOUR_MS || atMs >= backMs ? HASHRATE : 0), seed)
      miner.runUntil(HOUR_MS)
      const before = miner.vardiff.difficulty
      miner.runUntil(backMs)
      expect(miner.vardiff.difficulty).toBeLessThan(before / 20)
      expect(miner.vardiff.difficulty).toBeGreaterThan(difficultyOf(40_000, 12))
      const changesBefore = miner.changes.length
      miner.runUntil(backMs + 180_000)
      expect(rateRatio(miner)).toBeGreaterThan(1 / 1.5)
      expect(rateRatio(miner)).toBeLessThan(1.5)
      expect(miner.changes.length - changesBefore).toBeLessThanOrEqual(4)
    }
  })
})
