import { seededRandom } from '@headframe/core/seeded-random'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chanceOfAtMost,
  CONFIDENCE,
  countBand,
  expectationBand,
  meanEffortBand,
} from '../../src/measure/band'
import { gammaCdf, gammaQuantile } from '../../src/measure/gamma'

const SEED = 20_261_126

/** Events of a Poisson process of rate 1 in so much time. */
function poisson(expected: number, random: () => number): number {
  let count = 0
  for (let at = wait(random); at < expected; at += wait(random)) count++
  return count
}
const wait = (random: () => number): number => -Math.log(1 - random())

describe('the gamma distribution', () => {
  it('of one wait is the exponential one, and of two its sum', () => {
    for (const x of [0.01, 0.5, 1, 3, 12]) {
      expect(gammaCdf(1, x)).toBeCloseTo(1 - Math.exp(-x), 10)
      expect(gammaCdf(2, x)).toBeCloseTo(1 - Math.exp(-x) * (1 + x), 10)
    }
  })

  it('has a quantile that is the inverse of its function, where it is approximated too', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 5_000, noNaN: true }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (shape, probability) => {
          expect(gammaCdf(shape, gammaQuantile(shape, probability))).toBeCloseTo(probability, 4)
        },
      ),
      { seed: SEED },
    )
  })
})

describe('a band', () => {
  it('is the one that tables have', () => {
    // 90 % limits of a Poisson mean by Garwood: for 0, 1, 10 and 100 events.
    const tables = [
      [0, 0, 3],
      [1, 0.05, 4.74],
      [10, 5.43, 16.96],
      [100, 84.14, 118.08],
    ] as const
    for (const [count, low, high] of tables) {
      expect(expectationBand(count).low).toBeCloseTo(low, 2)
      expect(expectationBand(count).high).toBeCloseTo(high, 2)
    }
  })

  it('holds what was to be expected in nine of ten cases or more, and hardly more with many events', () => {
    const random = seededRandom(SEED)
    for (const expected of [0.7, 4, 25, 300]) {
      const runs = 4_000
      let held = 0
      for (let run = 0; run < runs; run++) {
        const { low, high } = expectationBand(poisson(expected, random))
        if (low <= expected && expected <= high) held++
      }
      expect(held / runs, `of ${expected}`).toBeGreaterThan(CONFIDENCE - 0.015)
      if (expected >= 25) expect(held / runs, `of ${expected}`).toBeLessThan(CONFIDENCE + 0.035)
    }
  })

  it('holds the true hashrate where shares are of very unlike difficulty, which their number alone does not', () => {
    const random = seededRandom(SEED + 1)
    // Many small machines, and a few that find one share in a hundred and half of the work.
    const classes = [
      { difficulty: 1, expected: 150 },
      { difficulty: 25, expected: 6 },
    ]
    const truth = classes.reduce((sum, { difficulty, expected }) => sum + difficulty * expected, 0)
    const runs = 3_000
    let held = 0
    let heldByNumber = 0
    for (let run = 0; run < runs; run++) {
      const found = classes.map(({ difficulty, expected }) => ({
        difficulty,
        count: poisson(expected, random),
      }))
      const work = found.reduce((sum, { difficulty, count }) => sum + difficulty * count, 0)
      const squared = found.reduce((sum, { difficulty, count }) => sum + difficulty ** 2 * count, 0)
      const number = found.reduce((sum, { count }) => sum + count, 0)
      if (holds(truth, work, work ** 2 / squared)) held++
      if (holds(truth, work, number)) heldByNumber++
    }
    expect(held / runs).toBeGreaterThan(CONFIDENCE - 0.05)
    expect(heldByNumber / runs).toBeLessThan(0.7)
  })

  it('of a count has nine of ten counts in it, and not by far too many', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 400, noNaN: true }), (expected) => {
        const { low, high } = countBand(expected)
        const inside = chanceOfAtMost(high, expected) - chanceOfAtMost(low - 1, expected)
        expect(inside).toBeGreaterThanOrEqual(CONFIDENCE - 1e-9)
        // One less at either end, and it is too narrow.
        expect(chanceOfAtMost(high - 1, expected)).toBeLessThan(0.95)
        expect(chanceOfAtMost(low, expected)).toBeGreaterThanOrEqual(0.05)
      }),
      { seed: SEED },
    )
  })

  it('of the mean effort narrows with each block, and holds nine of ten pools', () => {
    const random = seededRandom(SEED + 2)
    const runs = 4_000
    for (const blocks of [1, 5, 40]) {
      const { low, high } = meanEffortBand(blocks)
      let held = 0
      for (let run = 0; run < runs; run++) {
        let effort = 0
        for (let block = 0; block < blocks; block++) effort += wait(random)
        if (low <= effort / blocks && effort / blocks <= high) held++
      }
      expect(held / runs).toBeCloseTo(CONFIDENCE, 1)
    }
    expect(meanEffortBand(40).high).toBeLessThan(meanEffortBand(5).high)
    expect(meanEffortBand(1).low).toBeCloseTo(-Math.log(0.95), 6)
  })
})

function holds(truth: number, work: number, count: number): boolean {
  const { low, high } = expectationBand(count)
  return (work / count) * low <= truth && truth <= (work / count) * high
}
