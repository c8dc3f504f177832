import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  problemOfValue,
  RUN_TIME_SETTING_NAMES,
  RUN_TIME_SETTINGS,
  usableValues,
  type RunTimeSetting,
} from '../../src/settings/run-time-setting.js'

describe('a setting that may change at run time', () => {
  it.each<[RunTimeSetting, string, boolean]>([
    ['STRATUM_BAN_MINUTES', '0', true],
    ['STRATUM_BAN_MINUTES', '10080', true],
    ['STRATUM_BAN_MINUTES', '10081', false],
    ['STRATUM_BAN_MINUTES', '1.5', false],
    ['STRATUM_BAN_MINUTES', '', false],
    ['STRATUM_BAN_MINUTES', '0x10', false],
    ['STRATUM_BAN_REJECT_PERCENT', '0', false],
    ['SHARES_PER_MINUTE', '2.5', true],
    ['SHARES_PER_MINUTE', '1e2', false],
    ['SHARES_PER_MINUTE', '0.5', false],
    ['MINER_MESSAGE', 'maintenance at 10:00 UTC', true],
    ['MINER_MESSAGE', ' ', false],
    ['MINER_MESSAGE', 'two\nlines', false],
    ['MINER_MESSAGE', 'x'.repeat(201), false],
  ])('%s as %j: %s', (name, text, isGood) => {
    expect(problemOfValue(name, text) === undefined).toBe(isGood)
  })

  it('law: whatever stands in the database, what is used of it is within bounds', () => {
    const value = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.integer())
    const name = fc.oneof(fc.constantFrom(...RUN_TIME_SETTING_NAMES), fc.string())
    fc.assert(
      fc.property(fc.dictionary(name, value), (stored) => {
        const used = usableValues(stored)
        for (const [each, text] of Object.entries(used)) {
          expect(problemOfValue(each as RunTimeSetting, text)).toBeUndefined()
          const { form } = RUN_TIME_SETTINGS[each as RunTimeSetting]
          if (form.kind === 'text') continue
          expect(Number(text)).toBeGreaterThanOrEqual(form.min)
          expect(Number(text)).toBeLessThanOrEqual(form.max)
        }
        expect(usableValues(used)).toEqual(used)
      }),
    )
  })
})
