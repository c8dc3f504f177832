import { expect, test } from 'vitest'
import { parseFuzzOptions, USAGE } from '../lib/fuzz-options.mjs'

test('without arguments there is a minute, and chance begins somewhere else each time', () => {
  expect(parseFuzzOptions([], 0)).toEqual({ seconds: 60, secondsEach: 60 / 7, seed: 0 })
  expect(parseFuzzOptions([], 0.5)).toEqual({ seconds: 60, secondsEach: 60 / 7, seed: 1_073_741_823 })
})

test('seconds are shared among the kinds, and a seed is taken as it is', () => {
  expect(parseFuzzOptions(['--seconds', '350', '--seed', '7'], 0.5)).toEqual({
    seconds: 350,
    secondsEach: 50,
    seed: 7,
  })
})

test('help is asked for', () => {
  expect(parseFuzzOptions(['--help'], 0)).toBe('help')
})

test.each([
  [['--seconds', '0']],
  [['--seconds', '6']],
  [['--seconds', 'ten']],
  [['--seed', '-1']],
  [['--seed', '2147483648']],
  [['--minutes', '1']],
  [['5']],
])('%j is wrong, and the text says what is right', (args) => {
  expect(() => parseFuzzOptions(args, 0)).toThrow(USAGE)
})
