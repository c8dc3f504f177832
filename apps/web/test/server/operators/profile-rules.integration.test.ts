import { liveKeys } from '@headframe/core/live/live-feed'
import type { LiveProfiles } from '@headframe/core/live/live-system'
import { DEFAULT_PROFILE } from '@headframe/core/stratum/client-profile'
import { MAX_PROFILE_RULES } from '@headframe/core/stratum/profile-rule'
import { listActions } from '@headframe/db/operator/list-actions'
import { addProfileRule } from '@headframe/db/settings/profile-rules'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { OperatorViewer } from '../../../src/server/viewer'
import { operatorOf } from '../../support/operator-of'
import { openTestApi, type TestApi } from '../../support/test-api'

/** No other test's: Redis is shared with them. */
const NETWORK = 'testnet3'
const KEYS = liveKeys(NETWORK)
const BY = { author: 'ada', atMs: Date.now() }

let api: TestApi
let ada: OperatorViewer
let pay: OperatorViewer
let eve: OperatorViewer
beforeAll(async () => {
  api = await openTestApi()
  await api.database.pool.query('UPDATE pool SET network = $1', [NETWORK])
  ada = await operatorOf(api.database, 'ada', 'operator')
  pay = await operatorOf(api.database, 'pay', 'payouts')
  eve = await operatorOf(api.database, 'eve', 'viewer')
})
afterEach(async () => {
  await api.database.pool.query('TRUNCATE run_time_setting')
  await api.redis.commands.del(KEYS.profiles, KEYS.processes)
})
afterAll(() => api.close())

const as = (viewer: OperatorViewer) => api.call({ viewer }).consoleProfiles
const rules = async () =>
  (await as(eve).rules()).rules.map(({ pattern, profile, changedBy }) => [pattern, profile, changedBy])
const lastAction = async () => (await listActions(api.database.pool, {}, undefined, 1))[0]

/** As a stratum process does. */
async function report(
  writerId: string,
  names: readonly string[],
  changes: Partial<LiveProfiles> = {},
): Promise<void> {
  const profiles = names.map((name) => ({ ...DEFAULT_PROFILE, name, userAgents: [`${name}/*`] }))
  const told: LiveProfiles = {
    ...{ atMs: Date.now(), hasFile: false, profiles: [...profiles, DEFAULT_PROFILE] },
    ...{ hits: {}, sessions: {}, clients: [], others: 0, ...changes },
  }
  await api.redis.commands.hset(KEYS.profiles, writerId, JSON.stringify(told))
}

describe('rules of client profiles', () => {
  it('are made, changed and removed on record, and it is seen who has taken them', async () => {
    await report('s00', ['cgminer', 'avalon'])
    const adas = as(ada)
    await adas.addRule({ pattern: ' CGMiner/4.12* ', profile: 'avalon' })
    expect(await rules()).toEqual([['cgminer/4.12*', 'avalon', 'ada']])
    expect(await lastAction()).toMatchObject({
      ...{ author: 'ada', action: 'profiles.add-rule', subject: 'rule cgminer/4.12*' },
      outcome: { before: { profile: 'no rule' }, after: { profile: 'avalon' } },
    })

    const { changedAtMs: settingsVersion } = (await as(eve).rules()).rules[0]!
    const process = { atMs: Date.now(), connections: 1, workers: 1, settingsVersion }
    await api.redis.commands.hset(KEYS.processes, 's00', JSON.stringify(process))
    expect((await as(eve).rules()).processes).toEqual({
      known: true,
      value: [{ writerId: 's00', isCurrent: true }],
    })
    await adas.changeRule({ pattern: 'cgminer/4.12*', profile: 'default' })
    expect((await as(eve).rules()).processes).toMatchObject({ value: [{ isCurrent: false }] })
    expect((await lastAction())?.outcome).toMatchObject({
      before: { profile: 'avalon' },
      after: { profile: 'default' },
    })

    await adas.removeRule({ pattern: 'cgminer/4.12*' })
    expect(await rules()).toEqual([])
    expect((await lastAction())?.outcome).toMatchObject({
      before: { profile: 'default' },
      after: { profile: 'no rule' },
    })
    for (const gone of [
      adas.changeRule({ pattern: 'cgminer/4.12*', profile: 'default' }),
      adas.removeRule({ pattern: 'cgminer/4.12*' }),
    ])
      await expect(gone).rejects.toMatchObject({ reason: 'not-found' })
  })

  it('are made by operators, with a second factor that was shown a moment ago, and removed without', async () => {
    await report('s00', ['cgminer'])
    const wish = { pattern: 'rig*', profile: 'cgminer' }
    await expect(as(eve).addRule(wish)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(as(pay).addRule(wish)).rejects.toMatchObject({ reason: 'not-allowed' })
    const stale = { ...ada, secondFactorAtMs: Date.now() - 3_600_000 }
    await expect(as(stale).addRule(wish)).rejects.toMatchObject({ reason: 'second-factor-needed' })
    expect(await rules()).toEqual([])
    await as(ada).addRule(wish)
    await expect(as(pay).removeRule(wish)).rejects.toMatchObject({ reason: 'not-allowed' })
    await as(stale).removeRule(wish)
    expect(await rules()).toEqual([])
  })

  it.each(['*', '', '  ', 'a*b', 'Ünner*', 'x'.repeat(129)])(
    'of the pattern %j are not made',
    async (pattern) => {
      await report('s00', ['cgminer'])
      const wish = as(ada).addRule({ pattern, profile: 'cgminer' })
      await expect(wish).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    },
  )

  it('are of profiles that there are, of one pattern each, and no more than the bound', async () => {
    const add = (pattern: string, profile: string) => as(ada).addRule({ pattern, profile })
    await expect(add('rig*', 'cgminer')).rejects.toMatchObject({ reason: 'engine-away' })
    await report('s00', ['cgminer'])
    await expect(add('rig*', 'cgmimer')).rejects.toThrow('No stratum process has a profile cgmimer')
    await expect(add('rig*', 'No Name')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await add('rig*', 'default')
    await expect(add('RIG*', 'cgminer')).rejects.toMatchObject({ reason: 'conflict' })
    for (let made = 1; made < MAX_PROFILE_RULES; made++)
      await addProfileRule(api.database.pool, { pattern: `client ${made}`, profile: 'cgminer' }, BY)
    await expect(add('one too many', 'cgminer')).rejects.toMatchObject({ reason: 'limit-reached' })
    expect(await rules()).toHaveLength(MAX_PROFILE_RULES)
  })

  it('of a profile that a process does not know are shown as passed over by it', async () => {
    await addProfileRule(api.database.pool, { pattern: 'rig*', profile: 'ours' }, BY)
    const passedOverBy = async () => (await as(eve).rules()).rules[0]!.passedOverBy
    expect(await passedOverBy()).toBeUndefined()
    await report('s00', ['cgminer'])
    await report('s01', ['cgminer', 'ours'])
    expect(await passedOverBy()).toBe(1)
    await report('s00', ['ours'])
    expect(await passedOverBy()).toBe(0)
  })

  it('tell what a client that is here would be given now', async () => {
    const clients = [
      { userAgent: 'CGMiner/4.12', profile: 'cgminer', sessions: 2 },
      { userAgent: 'avalon/1', profile: 'avalon', sessions: 1 },
    ]
    await report('s00', ['cgminer', 'avalon'], {
      clients,
      rules: [{ pattern: 'cgminer/4.12', profile: 'avalon' }],
    })
    const told = await api.call({ viewer: eve }).consoleSystem.profiles()
    expect(told).toMatchObject({
      value: {
        isUniform: true,
        clients: [
          { profile: 'cgminer', pattern: 'cgminer/4.12', isRule: true, next: 'avalon' },
          { profile: 'avalon', pattern: 'avalon/*', isRule: false, next: 'avalon' },
        ],
      },
    })
    await report('s01', ['cgminer', 'avalon'])
    expect(await api.call({ viewer: eve }).consoleSystem.profiles()).toMatchObject({
      value: { isUniform: false },
    })
  })
})
