import { describe, expect, test } from 'vitest'
import { formatBans, parseBanCommand } from '../../src/guard/ban-command.js'

const parse = (text: string) => parseBanCommand(text.split(' ').filter((word) => word !== ''))

describe('the command', () => {
  test.each([
    ['', { kind: 'list' }],
    ['list', { kind: 'list' }],
    ['--help', { kind: 'help' }],
    ['lift 203.0.113.7', { kind: 'lift', address: '203.0.113.7' }],
    ['lift ::ffff:203.0.113.7', { kind: 'lift', address: '203.0.113.7' }],
    ['lift 2001:db8::5', { kind: 'lift', address: '2001:db8:0:0::/64' }],
    ['lift 2001:db8:0:0::/64', { kind: 'lift', address: '2001:db8:0:0::/64' }],
    [
      'ban 203.0.113.7 60',
      { kind: 'ban', address: '203.0.113.7', minutes: 60, reason: 'banned by an operator' },
    ],
    [
      'ban 203.0.113.7 60 floods us',
      { kind: 'ban', address: '203.0.113.7', minutes: 60, reason: 'floods us' },
    ],
  ])('"%s" is understood', (text, command) => expect(parse(text)).toEqual(command))

  test.each([
    ['unban 203.0.113.7', 'is not understood'],
    ['list all', 'is not understood'],
    ['lift 203.0.113.7 203.0.113.8', 'is not understood'],
    ['lift', '"" is not an address'],
    ['lift miner', '"miner" is not an address'],
    ['ban 203.0.113.0/24 60', '"203.0.113.0/24" is not an address'],
    ['ban 203.0.113.7', 'For how many minutes?'],
    ['ban 203.0.113.7 soon', 'not "soon"'],
    ['ban 203.0.113.7 0', 'from 1 to 525600'],
    ['ban 203.0.113.7 1.5', 'A whole number'],
  ])('"%s" is not', (text, problem) => {
    expect(parse(text)).toMatchObject({
      kind: 'problem',
      problem: expect.stringContaining(problem) as string,
    })
  })
})

describe('the list', () => {
  test('says so when it is empty', () => expect(formatBans([])).toBe('Nobody is banned.'))

  test('is a table', () => {
    const ban = { reason: 'too many', sinceMs: 0, untilMs: 60_000, offences: 1, by: 'command' }
    const lines = formatBans([
      { ...ban, address: '203.0.113.7' },
      { ...ban, address: '2001:db8:0:1::/64' },
    ]).split('\n')
    expect(lines).toEqual([
      'ADDRESS            SINCE                 UNTIL                 BY       REASON',
      '203.0.113.7        1970-01-01T00:00:00Z  1970-01-01T00:01:00Z  command  too many',
      '2001:db8:0:1::/64  1970-01-01T00:00:00Z  1970-01-01T00:01:00Z  command  too many',
    ])
  })
})
