import { liveKeys } from '@headframe/core/live/live-feed'
import { listActions } from '@headframe/db/operator/list-actions'
import { saveProgramSettings } from '@headframe/db/settings/program-settings'
import { readRunTimeSettings } from '@headframe/db/settings/run-time-settings'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperatorViewer } from '../../../src/server/viewer'
import { operatorOf } from '../../support/operator-of'
import { NETWORK, openTestApi, type TestApi } from '../../support/test-api'

const KEYS = liveKeys(NETWORK)
/** Redis is everybody's: of its processes this one is ours. */
const WRITER = 's00-settings-test'

let api: TestApi
let ada: OperatorViewer
let pay: OperatorViewer
let eve: OperatorViewer
beforeAll(async () => {
  api = await openTestApi()
  ada = await operatorOf(api.database, 'ada', 'operator')
  pay = await operatorOf(api.database, 'pay', 'payouts')
  eve = await operatorOf(api.database, 'eve', 'viewer')
})
afterAll(async () => {
  await api.redis.commands.hdel(KEYS.processes, WRITER)
  await api.close()
})

const as = (viewer: OperatorViewer) => api.call({ viewer })
const lastAction = async () => (await listActions(api.database.pool, {}, undefined, 1))[0]
const shown = async (name: string) =>
  (await as(eve).consoleSettings.list()).settings.find((setting) => setting.name === name)

async function report(settingsVersion: number): Promise<void> {
  const entry = { atMs: Date.now(), connections: 1, workers: 1, settingsVersion }
  await api.redis.commands.hset(KEYS.processes, WRITER, JSON.stringify(entry))
}

async function isCurrent(): Promise<boolean | undefined> {
  const { processes } = await as(eve).consoleSettings.list()
  return processes.known ? processes.value.find(({ writerId }) => writerId === WRITER)?.isCurrent : undefined
}

describe('settings at run time', () => {
  it('stand beside what the programs were started with', async () => {
    const lines = [
      { name: 'STRATUM_BAN_MINUTES', value: '10', isDefault: true },
      { name: 'DATABASE_URL', value: 'postgresql://pool:***@db/pool', isDefault: false },
      { name: 'CANARY_ADDRESS', isDefault: true },
    ]
    await saveProgramSettings(api.database.pool, { program: 'serve', host: 'a', startedAtMs: 5, lines })
    const { programs } = await as(eve).consoleSettings.list()
    expect(programs).toEqual([
      {
        ...{ program: 'serve', host: 'a', startedAtMs: 5 },
        lines: lines.map((line) => ({ value: undefined, ...line })),
      },
    ])
    expect(await shown('STRATUM_BAN_MINUTES')).toMatchObject({ environment: '10', value: undefined })
    expect(await shown('MINER_MESSAGE')).toMatchObject({ environment: undefined, value: undefined })
    expect((await shown('SHARES_PER_MINUTE'))?.environment).toMatch(/^\d+$/)
  })

  it('are changed and given back on record, and it is seen who has taken it', async () => {
    await report(0)
    expect(await isCurrent()).toBe(true)
    await as(ada).consoleSettings.change({ name: 'STRATUM_BAN_MINUTES', value: '30' })
    expect(await isCurrent()).toBe(false)
    const [stored] = await readRunTimeSettings(api.database.pool)
    await report(stored!.changedAtMs)
    expect(await isCurrent()).toBe(true)
    expect(await shown('STRATUM_BAN_MINUTES')).toMatchObject({
      environment: '10',
      value: '30',
      changedBy: 'ada',
    })
    expect(await lastAction()).toMatchObject({
      ...{ author: 'ada', action: 'settings.change', subject: 'setting STRATUM_BAN_MINUTES' },
      outcome: {
        before: { STRATUM_BAN_MINUTES: 'as in the environment' },
        after: { STRATUM_BAN_MINUTES: '30' },
      },
    })

    await as(ada).consoleSettings.reset({ name: 'STRATUM_BAN_MINUTES' })
    expect(await shown('STRATUM_BAN_MINUTES')).toMatchObject({ environment: '10', value: undefined })
    expect((await lastAction())?.outcome).toMatchObject({
      before: { STRATUM_BAN_MINUTES: '30' },
      after: { STRATUM_BAN_MINUTES: 'as in the environment' },
    })
    // A change of the clock does not hide a change of a setting.
    const early = api.call({ viewer: { ...ada, secondFactorAtMs: 900 }, nowMs: () => 1_000 })
    await early.consoleSettings.change({ name: 'STRATUM_BAN_MINUTES', value: '40' })
    const versions = (await readRunTimeSettings(api.database.pool)).map(({ changedAtMs }) => changedAtMs)
    expect(Math.max(...versions)).toBeGreaterThan(stored!.changedAtMs)
    expect(await isCurrent()).toBe(false)
  })

  it.each([
    ['STRATUM_BAN_MINUTES', '-1'],
    ['STRATUM_BAN_REJECT_PERCENT', '101'],
    ['SHARES_PER_MINUTE', '0.1'],
    ['MINER_MESSAGE', ''],
    ['POOL_FEE_BASIS_POINTS', '0'],
  ])('%s is never %j', async (name, value) => {
    const change = as(ada).consoleSettings.change({ name: name as 'MINER_MESSAGE', value })
    await expect(change).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('are changed by operators, with a second factor that was shown a moment ago', async () => {
    const wish = { name: 'MINER_MESSAGE', value: 'hello' } as const
    await expect(as(eve).consoleSettings.change(wish)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(as(pay).consoleSettings.change(wish)).rejects.toMatchObject({ reason: 'not-allowed' })
    const stale = { ...ada, secondFactorAtMs: Date.now() - 3_600_000 }
    await expect(as(stale).consoleSettings.change(wish)).rejects.toMatchObject({
      reason: 'second-factor-needed',
    })
    expect(await shown('MINER_MESSAGE')).toMatchObject({ value: undefined })
  })

  it('of which one is what everybody reads', async () => {
    expect(await api.call().pool.announcement()).toBeNull()
    await as(ada).consoleSettings.change({ name: 'ANNOUNCEMENT', value: 'Maintenance on Sunday, 10:00 UTC' })
    expect(await api.call().pool.announcement()).toMatchObject({ text: 'Maintenance on Sunday, 10:00 UTC' })
    await as(ada).consoleSettings.reset({ name: 'ANNOUNCEMENT' })
    expect(await api.call().pool.announcement()).toBeNull()
  })
})
