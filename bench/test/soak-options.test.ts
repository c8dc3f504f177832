import { expect, test } from 'vitest'
import { parseSoakOptions } from '../src/soak/soak-options.js'

test('half an hour is what is asked for when nothing is', () => {
  expect(parseSoakOptions([])).toEqual({
    minutes: 30,
    miners: 500,
    tipEverySeconds: 2,
    restartEverySeconds: 40,
    seed: 1,
  })
})

test('help', () => {
  expect(parseSoakOptions(['--help'])).toBe('help')
})

test.each([
  [['--minutes', 'x'], '--minutes takes a number from 0.1'],
  [['--miners', '0'], '--miners takes a number from 1'],
  [['--restart-every', ''], '--restart-every takes a number from 0'],
  [['--hours', '1'], "Unknown option '--hours'"],
])('what makes no sense is named: %j', (args, problem) => {
  expect(() => parseSoakOptions(args)).toThrow(problem)
})
