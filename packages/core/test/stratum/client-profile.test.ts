import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  DEFAULT_PROFILE,
  matchProfile,
  MAX_PROFILES,
  PROFILE_NUMBERS,
  type ClientProfile,
  type ClientProfileTable,
} from '../../src/stratum/client-profile.js'
import { parseClientProfiles } from '../../src/stratum/parse-client-profiles.js'
import { matchesPattern, problemOfPattern } from '../../src/stratum/user-agent-pattern.js'

const NOTHING: ClientProfileTable = { profiles: [], fallback: DEFAULT_PROFILE }

const parse = (document: unknown, base = NOTHING): ClientProfileTable =>
  parseClientProfiles(JSON.stringify(document), base)

/** Printable text without an asterisk, as the middle of a pattern. */
const plainText = fc
  .string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 1,
  })
  .map((text) => text.replaceAll('*', '+'))

describe('a user agent pattern', () => {
  test.each([
    ['bitaxe/*', 'bitaxe/BM1370/v2.11.0', true],
    ['bitaxe/*', 'NerdAxe (bitaxe/1)', false],
    ['*bosminer*', '2026-04-14-0-912d084c-26.04-plus;bosminer-plus-tuner 0.9.0-912d084c', true],
    ['*bosminer', 'BOSminer', true],
    ['*bosminer', 'bosminer 1', false],
    ['nmminer', 'NMMiner', true],
    ['nmminer', 'NMMiner/1', false],
    ['antminer s21/*', 'Antminer S21 Pro/Fri Aug 30 19:35:17 CST 2024', false],
    ['cpuminer*', '', false],
  ])('%s and %j: %s', (pattern, userAgent, isMatch) => {
    expect(matchesPattern(pattern, userAgent)).toBe(isMatch)
  })

  test('fits where its text stands: at the start, at the end, anywhere', () => {
    fc.assert(
      fc.property(plainText, fc.string(), fc.string(), (text, before, after) => {
        const lower = text.toLowerCase()
        const loud = text.toUpperCase()
        expect(matchesPattern(`*${text}*`, before + loud + after)).toBe(true)
        expect(matchesPattern(`${text}*`, loud + after)).toBe(true)
        expect(matchesPattern(`*${text}`, before + loud)).toBe(true)
        const subject = (before + after).toLowerCase()
        expect(matchesPattern(`*${text}*`, before + after)).toBe(subject.includes(lower))
        expect(matchesPattern(`${text}*`, before + after)).toBe(subject.startsWith(lower))
        expect(matchesPattern(`*${text}`, before + after)).toBe(subject.endsWith(lower))
        expect(matchesPattern(text, before + after)).toBe(subject === lower)
      }),
    )
  })

  test.each([
    ['*', 'matches every client'],
    ['**', 'matches every client'],
    ['', 'printable ASCII'],
    ['a*b', 'only at its start and its end'],
    ['***', 'only at its start and its end'],
    ['γ*', 'printable ASCII'],
    ['x'.repeat(129), 'longer than 128'],
  ])('%j is refused with a reason', (pattern, problem) => {
    expect(problemOfPattern(pattern)).toContain(problem)
  })
})

describe('a table of profiles', () => {
  const table = parse({
    profiles: [
      { name: 'first', userAgents: ['miner/1*'], minDifficulty: 5 },
      { name: 'second', userAgents: ['miner/*', '*digger*'], keepaliveSeconds: 90, answersPing: true },
    ],
  })

  test('gives the first profile that fits, else the default', () => {
    expect(matchProfile(table, 'Miner/1.2').name).toBe('first')
    expect(matchProfile(table, 'Miner/2').name).toBe('second')
    expect(matchProfile(table, 'gold digger').name).toBe('second')
    expect(matchProfile(table, '')).toBe(DEFAULT_PROFILE)
  })

  test('fills what is left out from the default, which the document may change', () => {
    const changed = parse({
      default: { maxCoinbaseBytes: 900, notes: 'ours' },
      profiles: [{ name: 'x', userAgents: ['x'] }],
    })
    expect(changed.fallback).toEqual({ ...DEFAULT_PROFILE, maxCoinbaseBytes: 900, notes: 'ours' })
    expect(changed.profiles[0]).toEqual({
      ...DEFAULT_PROFILE,
      name: 'x',
      userAgents: ['x'],
      maxCoinbaseBytes: 900,
      notes: '',
    })
  })

  test('stands in front of its base, and replaces what has the same name', () => {
    const both = parse(
      {
        profiles: [
          { name: 'second', userAgents: ['other'] },
          { name: 'third', userAgents: ['miner/3'] },
        ],
      },
      table,
    )
    expect(both.profiles.map(({ name }) => name)).toEqual(['second', 'third', 'first'])
    expect(matchProfile(both, 'miner/2').name).toBe('default')
    expect(matchProfile(both, 'miner/3').name).toBe('third')
  })

  test('may be empty', () => {
    expect(parse({}, table)).toEqual(table)
  })
})

const one = (fields: object): unknown => ({ profiles: [{ name: 'x', userAgents: ['x'], ...fields }] })

describe('a document that makes no sense names the entry', () => {
  test.each<[string, unknown, string]>([
    ['a list', [], 'the document takes an object, not []'],
    ['an unknown part', { profile: [] }, 'the document has "profile"; it takes default, profiles'],
    ['profiles that are no list', { profiles: {} }, 'profiles takes a list, not {}'],
    ['an entry that is no object', { profiles: [5] }, 'profiles[0] takes an object, not 5'],
    ['no name', { profiles: [{}] }, 'profiles[0].name takes up to 40 lower-case letters'],
    ['the name of the default', { profiles: [{ name: 'default' }] }, 'not "default"'],
    ['no pattern', one({ userAgents: [] }), 'profiles[0] ("x").userAgents takes a list of 1 to 32 patterns'],
    ['a pattern that is no text', one({ userAgents: [1] }), '("x").userAgents[0] takes a text, not 1'],
    ['a bad pattern', one({ userAgents: ['a', '*'] }), '("x").userAgents[1] "*" matches every client'],
    ['a slip of the pen', one({ minDificulty: 1 }), 'profiles[0] ("x") has "minDificulty"; it takes name,'],
    ['a number as text', one({ minDifficulty: '5' }), '.minDifficulty takes a number from 1e-9 to'],
    ['a number out of range', one({ keepaliveSeconds: 1 }), '.keepaliveSeconds takes a whole number from 10'],
    [
      'a fraction',
      one({ extranonce2Bytes: 4.5 }),
      '.extranonce2Bytes takes a whole number from 2 to 8, not 4.5',
    ],
    ['no boolean', one({ answersPing: 'yes' }), '.answersPing takes true or false, not "yes"'],
    ['long notes', one({ notes: 'n'.repeat(1001) }), '.notes takes a text of at most 1000 characters'],
    [
      'a name twice',
      { profiles: [...(one({}) as { profiles: [] }).profiles, { name: 'x', userAgents: ['y'] }] },
      '"x" stands there twice',
    ],
    ['a setting of the default', { default: { userAgents: ['x'] } }, 'default has "userAgents"'],
    [
      'too many',
      {
        profiles: Array.from({ length: MAX_PROFILES + 1 }, (_, index) => ({
          name: `p${index}`,
          userAgents: ['x'],
        })),
      },
      'at most 128',
    ],
  ])('%s', (_name, document, message) => {
    expect(() => parse(document)).toThrow(message)
  })

  test('or says that it is no JSON', () => {
    expect(() => parseClientProfiles('{"profiles": [', NOTHING)).toThrow(/^not valid JSON: /)
  })

  test('whatever it is', () => {
    const fields = [
      'name',
      'userAgents',
      'minDifficulty',
      'answersPing',
      'oneMessagePerPacket',
      'notes',
      '__proto__',
      'default',
      'profiles',
    ]
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any')),
        tie('object'),
      ),
      object: fc.dictionary(fc.constantFrom(...fields), tie('any'), { noNullPrototype: false }),
    })).any
    fc.assert(
      fc.property(value, (document) => {
        try {
          for (const profile of parse({ profiles: [document] }).profiles) expectSound(profile)
        } catch (error) {
          expect((error as Error).message.length).toBeGreaterThan(5)
          expect((error as Error).constructor).toBe(Error)
        }
      }),
    )
  })
})

function expectSound(profile: ClientProfile): void {
  for (const name of Object.keys(PROFILE_NUMBERS) as (keyof typeof PROFILE_NUMBERS)[]) {
    expect(profile[name]).toBeGreaterThanOrEqual(PROFILE_NUMBERS[name].min)
    expect(profile[name]).toBeLessThanOrEqual(PROFILE_NUMBERS[name].max)
  }
  for (const pattern of profile.userAgents) expect(problemOfPattern(pattern)).toBeNull()
}
