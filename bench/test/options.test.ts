import { describe, expect, it } from 'vitest'
import { parseBenchCommand } from '../src/options.js'

const KNOWN = ['memory', 'scale']
const parse = (...args: string[]) => parseBenchCommand(args, KNOWN)

describe('arguments', () => {
  it('have defaults', () => {
    expect(parse()).toEqual({
      kind: 'run',
      options: { names: [], isQuick: false, json: undefined, seedsFolder: undefined },
    })
  })

  it('are read, names and options in any order', () => {
    expect(parse('--json', '-', 'scale', '--quick', 'memory', '--seeds', 'x')).toEqual({
      kind: 'run',
      options: { names: ['scale', 'memory'], isQuick: true, json: '-', seedsFolder: 'x' },
    })
    expect(parse('scale', '--compare', 'HEAD~3', '--rounds', '5')).toEqual({
      kind: 'compare',
      options: {
        names: ['scale'],
        isQuick: false,
        json: undefined,
        seedsFolder: undefined,
        revision: 'HEAD~3',
        rounds: 5,
      },
    })
    expect(parse('--list')).toEqual({ kind: 'list' })
    expect(parse('--help')).toEqual({ kind: 'help' })
  })

  it.each([
    [['speed'], 'There is no benchmark "speed"; there are memory, scale.'],
    [['--fast'], '--fast'],
    [['--json'], '--json'],
    [['--rounds', '3'], '--rounds goes with --compare'],
    [['--compare', 'HEAD', '--seeds', 'x'], '--seeds does not go with --compare'],
    [['--compare', 'HEAD', '--rounds', '0'], '--rounds takes a number from 1 to 100'],
  ])('%j is a problem with a name', (args, problem) => {
    const command = parse(...args)
    expect(command.kind).toBe('problem')
    expect(command).toHaveProperty('problem', expect.stringContaining(problem))
  })
})
