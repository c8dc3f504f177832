import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SCORE_UNIT, scoreOfShare, scoreOfWork, workOfNbits } from '../../src/accounting/score.js'
import { effortOfScore } from '../../src/accounting/effort.js'
import {
  difficultyOfNbits,
  targetOfDifficulty,
  targetOfNbits,
  workOfDifficulty,
  workOfTarget,
} from '../../src/chain/target.js'

const DIFFICULTY_1_NBITS = 0x1d00ffff
/** Mainnet block 840,000. */
const HALVING_NBITS = 0x17034219
const TWO_TO_256 = 1n << 256n

describe('the score of a share', () => {
  it('is one unit for the work of a whole block, and its part for less', () => {
    expect(scoreOfShare(1, DIFFICULTY_1_NBITS)).toBe(SCORE_UNIT)
    const blockWork = workOfTarget(targetOfNbits(HALVING_NBITS)!)
    expect(workOfNbits(HALVING_NBITS)).toBe(blockWork)
    expect(scoreOfWork(blockWork, blockWork)).toBe(SCORE_UNIT)
    expect(scoreOfShare(65536, HALVING_NBITS)).toBe((workOfDifficulty(65536) << 96n) / blockWork)
    expect(effortOfScore(scoreOfShare(65536, HALVING_NBITS))).toBeCloseTo(
      65536 / difficultyOfNbits(HALVING_NBITS),
      20,
    )
  })

  it('refuses nbits that stand for no target, and what is no difficulty', () => {
    expect(() => scoreOfShare(1, 0)).toThrow(RangeError)
    expect(() => scoreOfShare(1, 0x01fedcba)).toThrow(RangeError)
    expect(() => scoreOfShare(0, DIFFICULTY_1_NBITS)).toThrow(RangeError)
  })

  it('credits one hash with one hash, whatever the difficulty', () => {
    // A hash is a share with probability (target + 1) / 2^256 and then credits floor(2^256 / (target + 1)).
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e30, noNaN: true }), (difficulty) => {
        const hits = targetOfDifficulty(difficulty) + 1n
        const credit = workOfDifficulty(difficulty) * hits
        expect(credit <= TWO_TO_256).toBe(true)
        expect(credit > TWO_TO_256 - hits).toBe(true)
      }),
    )
  })

  it('gives miners of different difficulty the same for the same hashes, in a simulation', () => {
    const hashes = 400_000
    const uniform = pseudoRandom(7)
    const networkNbits = 0x1f00ffff
    for (const hashesAShare of [2, 64, 1024]) {
      const difficulty = hashesAShare / 2 ** 32
      const hits = Number(targetOfDifficulty(difficulty) + 1n) / Number(TWO_TO_256)
      let credited = 0n
      for (let i = 0; i < hashes; i++)
        if (uniform() < hits) credited += scoreOfShare(difficulty, networkNbits)
      const fair = effortOfScore(scoreOfWork(BigInt(hashes), workOfNbits(networkNbits)))
      const sigma = Math.sqrt((hashesAShare - 1) / hashes)
      expect(Math.abs(effortOfScore(credited) / fair - 1)).toBeLessThan(4 * sigma)
    }
  })
})

describe('effort', () => {
  it('is the score in blocks', () => {
    expect(effortOfScore(0n)).toBe(0)
    expect(effortOfScore(SCORE_UNIT)).toBe(1)
    expect(effortOfScore((SCORE_UNIT * 5n) / 2n)).toBe(2.5)
    expect(effortOfScore(1n)).toBe(2 ** -96)
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 100 }), (n, shift) => {
        expect(effortOfScore(BigInt(n) << BigInt(shift))).toBe(n * 2 ** (shift - 96))
      }),
    )
  })
})

/** A small generator with a fixed start (mulberry32), so that the simulation is the same each time. */
function pseudoRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
