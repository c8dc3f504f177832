import fc from 'fast-check'
import { expect, it } from 'vitest'
import { roundDifficulty } from '../../src/vardiff/round-difficulty.js'
import { surpriseOf } from '../../src/vardiff/surprise.js'

/** P(N = count) for a Poisson variable, by its definition. */
function poisson(count: number, expected: number): number {
  let chance = Math.exp(-expected)
  for (let i = 1; i <= count; i++) chance *= expected / i
  return chance
}

it('bounds the chance of a count as far off, on either side', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 60 }),
      fc.double({ min: 0.01, max: 60, noNaN: true }),
      (count, expected) => {
        let below = 0
        for (let i = 0; i <= count; i++) below += poisson(i, expected)
        const chance = count >= expected ? 1 - below + poisson(count, expected) : below
        expect(chance).toBeLessThanOrEqual(Math.exp(-surpriseOf(count, expected)) + 1e-12)
      },
    ),
  )
})

it('is zero when exactly what was due has come, and endless when nothing was', () => {
  expect(surpriseOf(12, 12)).toBe(0)
  expect(surpriseOf(0, 0)).toBe(0)
  expect(surpriseOf(0, 7)).toBe(7)
  expect(surpriseOf(1, 0)).toBe(Infinity)
})

it.each([
  [1e-9, 1e-9],
  [0.000058207, 0.0000582],
  [0.73449, 0.734],
  [0.9996, 1],
  [1.4, 1],
  [1.5, 2],
  [123.4, 123],
  [123_456, 123_000],
  [2 ** 53, 9.01e15],
])('rounds %d to %d', (difficulty, rounded) => {
  expect(roundDifficulty(difficulty)).toBe(rounded)
})

it('rounds to within a third, or an eighth of a percent where fractions are said', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 2 ** 53, noNaN: true }), (difficulty) => {
      const ratio = roundDifficulty(difficulty) / difficulty
      expect(Math.abs(ratio - 1)).toBeLessThanOrEqual(difficulty < 0.99 || difficulty > 100 ? 0.00501 : 0.34)
    }),
  )
})
