import fc from 'fast-check'
import { expect, it } from 'vitest'
import { roundDifficulty } from '../../src/vardiff/round-difficulty.js'

it.each([
  [1e-12, 1e-9],
  [1e-9, 1e-9],
  [0.000058207, 0.0000582],
  [0.73449, 0.734],
  [0.9996, 1],
  [1.4, 1],
  [1.42, 2],
  [11.4, 11],
  [123.4, 123],
  [123_456, 123_000],
  [2 ** 53, 2 ** 53],
  [1e300, 2 ** 53],
])('rounds %d to %d', (difficulty, rounded) => {
  expect(roundDifficulty(difficulty)).toBe(rounded)
})

const anyDifficulty = fc.double({ min: -9, max: 15.9, noNaN: true }).map((exponent) => 10 ** exponent)

it('is off by half a percent, or between small whole numbers by the square root of 2 at most', () => {
  fc.assert(
    fc.property(anyDifficulty, (difficulty) => {
      const ratio = roundDifficulty(difficulty) / difficulty
      const bound = difficulty < 0.99 || difficulty > 100 ? 1.00504 : Math.SQRT2 * 1.00504
      expect(Math.max(ratio, 1 / ratio)).toBeLessThanOrEqual(bound)
    }),
  )
})

it('has three digits, is whole from 1 on, and is its own rounding', () => {
  fc.assert(
    fc.property(anyDifficulty, (difficulty) => {
      const rounded = roundDifficulty(difficulty)
      if (rounded < 2 ** 53) expect(Number(rounded.toPrecision(3))).toBe(rounded)
      if (difficulty >= 1) expect(Number.isInteger(rounded)).toBe(true)
      expect(roundDifficulty(rounded)).toBe(rounded)
    }),
  )
})
