import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_PROFILE, type ClientProfileTable } from '../../src/stratum/client-profile.js'
import {
  compareRules,
  MAX_PROFILE_RULES,
  patternOfSetting,
  ruleFor,
  RULE_SETTING_PREFIX,
  rulesInForce,
  usableRules,
} from '../../src/stratum/profile-rule.js'
import { matchesPattern, MAX_PATTERN_CHARS, problemOfPattern } from '../../src/stratum/user-agent-pattern.js'

const rule = (pattern: string, profile = 'one') => ({ pattern, profile })
const TABLE: ClientProfileTable = {
  profiles: ['one', 'two'].map((name) => ({ ...DEFAULT_PROFILE, name, userAgents: ['never*'] })),
  fallback: DEFAULT_PROFILE,
}

/** Of few letters, so that many fit one another. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), minLength: 1, maxLength: 5 })
const pattern = fc
  .tuple(fc.constantFrom('', '*'), text, fc.constantFrom('', '*'))
  .map(([before, middle, after]) => before + middle + after)

describe('the order of rules', () => {
  it.each([
    [['cgminer/*', 'cgminer/4.12*'], 'cgminer/4.12.1', 'cgminer/4.12*'],
    [['*miner*', 'cgminer/*'], 'cgminer/4', 'cgminer/*'],
    [['bitaxe*', 'bitaxe'], 'Bitaxe', 'bitaxe'],
    [['bitaxe*', 'bitaxe'], 'bitaxe/2', 'bitaxe*'],
    [['*ab', 'ba*'], 'bab', '*ab'],
    [['bitaxe*'], 'cgminer', undefined],
  ])('of %j %s goes by %s, however they stood', (patterns, userAgent, first) => {
    for (const stored of [patterns, patterns.toReversed()]) {
      const rules = usableRules(stored.map((each) => rule(each)))
      expect(ruleFor(rules, userAgent)?.pattern).toBe(first)
    }
  })

  it('law: no rule is hidden by a wider one', () => {
    fc.assert(
      fc.property(pattern, pattern, (narrow, wide) => {
        // Whatever the narrow one fits, the wide one fits: its text with anything around it where anything may stand.
        const inside = narrow.replaceAll('*', '\u0000')
        fc.pre(narrow !== wide && matchesPattern(wide, inside))
        expect(compareRules(rule(narrow), rule(wide))).toBeLessThan(0)
      }),
    )
  })

  it('law: it is one order, whatever the rules were read in', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(pattern, { maxLength: 20 }),
        fc.infiniteStream(fc.nat()),
        (patterns, keys) => {
          const shuffled = patterns
            .map((each) => [keys.next().value as number, each] as const)
            .sort(([a], [b]) => a - b)
            .map(([, each]) => each)
          expect(usableRules(shuffled.map((each) => rule(each)))).toEqual(
            usableRules(patterns.map((each) => rule(each))),
          )
        },
      ),
    )
  })
})

describe('what stands in the database', () => {
  it('is a rule by the name of its setting', () => {
    expect(patternOfSetting(`${RULE_SETTING_PREFIX}antminer s19*`)).toBe('antminer s19*')
    expect(patternOfSetting('MINER_MESSAGE')).toBeUndefined()
  })

  it.each([
    ['*', 'one'],
    ['a*b', 'one'],
    ['', 'one'],
    ['Loud*', 'one'],
    ['x'.repeat(MAX_PATTERN_CHARS + 1), 'one'],
    ['good*', 'Not A Name'],
    ['good*', ''],
  ])('%j to %j is passed over', (each, profile) => {
    expect(usableRules([rule(each, profile), rule('kept*')])).toEqual([rule('kept*')])
  })

  it('is used up to the bound, and what is used makes sense', () => {
    const many = Array.from({ length: MAX_PROFILE_RULES + 9 }, (_, index) => rule(`client ${index}*`))
    expect(usableRules(many)).toHaveLength(MAX_PROFILE_RULES)
    const anything = fc.record({ pattern: fc.string(), profile: fc.string() })
    fc.assert(
      fc.property(fc.array(anything), (stored) => {
        const used = usableRules(stored)
        for (const each of used) expect(problemOfPattern(each.pattern)).toBeNull()
        expect(usableRules(used)).toEqual(used)
      }),
    )
  })
})

describe('rules in force', () => {
  it('give profiles of the table, the default too, and those that it does not have are passed over', () => {
    const rules = usableRules([rule('bitaxe/2*', 'new'), rule('bitaxe*', 'two'), rule('*', 'one'), rule('x')])
    const inForce = rulesInForce([...rules, rule('y*', 'default')], TABLE)
    expect(ruleFor(inForce, 'bitaxe/2.4')?.profile).toBe(TABLE.profiles[1])
    expect(ruleFor(inForce, 'X')?.profile).toBe(TABLE.profiles[0])
    expect(ruleFor(inForce, 'yes')?.profile).toBe(DEFAULT_PROFILE)
    expect(ruleFor(inForce, 'never')).toBeUndefined()
  })
})
