import { describe, expect, it } from 'vitest'
import { parseSeedCommand } from '../../src/seed/seed-options.js'

describe('arguments of the seed', () => {
  it('have defaults: a year of 100,000 workers', () => {
    const size = { miners: 10_000, workers: 100_000, days: 365, seed: 1 }
    expect(parseSeedCommand([])).toEqual({ kind: 'seed', size })
    expect(parseSeedCommand(['--days', '30', '--seed', '7'])).toEqual({
      kind: 'seed',
      size: { ...size, days: 30, seed: 7 },
    })
  })

  it.each([
    [['--days', '0'], '--days takes a number from 1 to 3650'],
    [['--miners', '1e3'], '--miners takes a number'],
    [['--miners', '20', '--workers', '10'], '--workers takes at least as many as --miners'],
    [['--mainnet'], '--mainnet'],
  ])('%j is a problem with a name', (args, problem) => {
    expect(parseSeedCommand(args)).toEqual({ kind: 'problem', problem: expect.stringContaining(problem) })
  })
})
