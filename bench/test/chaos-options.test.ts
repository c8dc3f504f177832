import { expect, test } from 'vitest'
import { parseChaosOptions } from '../src/chaos/chaos-options.js'

test('a hundred kills are what is asked for when nothing is', () => {
  expect(parseChaosOptions([])).toEqual({ runs: 100, seed: 1 })
  expect(parseChaosOptions(['--runs', '500', '--seed=3'])).toEqual({ runs: 500, seed: 3 })
  expect(parseChaosOptions(['-h'])).toBe('help')
})

test.each([
  [['--runs', '0'], '--runs takes a whole number from 1 to 1000000, not "0"'],
  [['--runs', '1.5'], 'not "1.5"'],
  [['--seed', ''], '--seed takes'],
  [['--runz'], '--runz'],
  [['more'], 'more'],
])('%j is refused', (args, problem) => {
  expect(() => parseChaosOptions(args)).toThrow(problem)
})
