import fc from 'fast-check'
import { expect, it } from 'vitest'
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
