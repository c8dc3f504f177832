import { RUN_TIME_SETTING_NAMES } from '@headframe/core/settings/run-time-setting'
import { MAX_PROFILE_RULES } from '@headframe/core/stratum/profile-rule'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addProfileRule, changeProfileRule, readProfileRules } from '../../src/settings/profile-rules.js'
import { readRunTimeSettings, saveRunTimeSetting } from '../../src/settings/run-time-settings.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const NOW_MS = Date.UTC(2026, 0, 2)
const BY = { author: 'ada', atMs: NOW_MS }

let own: TestDatabase
beforeAll(async () => {
  own = await openTestDatabase()
})
afterEach(() => own.db.pool.query('TRUNCATE run_time_setting'))
afterAll(() => own.drop())

const add = (pattern: string, profile = 'cgminer') => addProfileRule(own.db.pool, { pattern, profile }, BY)
const change = (pattern: string, profile: string | undefined) =>
  changeProfileRule(own.db.pool, { pattern, profile }, BY)
const rules = async () =>
  (await readProfileRules(own.db.pool)).map(({ pattern, profile }) => [pattern, profile])
const versions = async () => (await readRunTimeSettings(own.db.pool)).map(({ changedAtMs }) => changedAtMs)

describe('rules of profiles', () => {
  it('are added, changed and removed; the one that says most stands first', async () => {
    expect(await add('rig*')).toBe('added')
    expect(await add('rig-of-bob/*', 'default')).toBe('added')
    expect(await add('rig*', 'avalon')).toBe('exists')
    expect(await change('rig*', 'epic')).toBe(true)
    expect(await change('other*', 'epic')).toBe(false)
    expect(await rules()).toEqual([
      ['rig-of-bob/*', 'default'],
      ['rig*', 'epic'],
    ])
    expect((await readProfileRules(own.db.pool))[0]).toMatchObject({ changedBy: 'ada' })
    expect(await change('rig*', undefined)).toBe(true)
    expect(await change('rig*', 'epic')).toBe(false)
    expect(await rules()).toEqual([['rig-of-bob/*', 'default']])
    expect(await add('rig*')).toBe('added')
  })

  it('that are gone leave no more behind than the version', async () => {
    await saveRunTimeSetting(own.db.pool, 'STRATUM_BAN_MINUTES', undefined, BY)
    for (const pattern of ['a*', 'b*', 'c*']) {
      await add(pattern)
      const before = Math.max(...(await versions()))
      await change(pattern, undefined)
      expect(Math.max(...(await versions()))).toBeGreaterThan(before)
    }
    // Another setting's row without a value stays.
    const names = (await readRunTimeSettings(own.db.pool)).map(({ name }) => name)
    expect(names).toEqual(['CLIENT_PROFILE c*', 'STRATUM_BAN_MINUTES'])
  })

  it('are never more than the bound, however many are added at once', async () => {
    const patterns = Array.from({ length: MAX_PROFILE_RULES + 6 }, (_, index) => `client ${index}`)
    const results = await Promise.all(patterns.map((pattern) => add(pattern)))
    expect(results.filter((result) => result === 'full')).toHaveLength(6)
    expect(await rules()).toHaveLength(MAX_PROFILE_RULES)
  })
})

describe('settings at run time', () => {
  it('that are changed at the same moment have a version each', async () => {
    await Promise.all(RUN_TIME_SETTING_NAMES.map((name) => saveRunTimeSetting(own.db.pool, name, '1', BY)))
    expect(new Set(await versions()).size).toBe(RUN_TIME_SETTING_NAMES.length)
  })
})
