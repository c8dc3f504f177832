import { randomUUID } from 'node:crypto'
import { liveKeys, type LiveProcess } from '@headframe/core/live/live-feed'
import type { SessionAnswer, SessionQuestion } from '@headframe/core/live/session-question'
import { openDatabase, type Database } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { readProgramSettings } from '@headframe/db/settings/program-settings'
import { addProfileRule, changeProfileRule } from '@headframe/db/settings/profile-rules'
import { saveRunTimeSetting } from '@headframe/db/settings/run-time-settings'
import { createTestDatabase, testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NO_RUN_TIME_SETTINGS, SettingWatch, type RunTimeSettings } from '../src/processes/setting-watch.js'
import { openRealPool, type RealPool } from './real-pool.js'
import { LineClient } from './stratum/line-client.js'
import { until } from './until.js'

const KEYS = liveKeys('regtest')
const log = pino({ level: 'silent' })
const BY = { author: 'ada', atMs: Date.now() }

let pool: RealPool
let database: Database
let redis: Redis
let created: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  pool = await openRealPool({ ports: '0 fixed=1e-9' })
  created = await createTestDatabase()
  database = openDatabase({ url: created.url })
  await migrate(database.pool)
  redis = new Redis(testServices().redisUrl)
})
afterAll(async () => {
  await pool.close()
  redis.disconnect()
  await database.close()
  await created.drop()
})

/** As the primary has it. */
const openWatch = (databaseUrl: string, onChange: (settings: RunTimeSettings) => void) =>
  SettingWatch.open(
    {
      databaseUrl,
      dataDir: pool.dataDir,
      host: 'here',
      lines: [{ name: 'CANARY', value: 'on', isDefault: true }],
    },
    { log, nowMs: Date.now, onChange },
  )

async function connect(name: string): Promise<LineClient> {
  const client = await LineClient.connect(pool.ports[0]!)
  await client.call(1, 'mining.subscribe', [`${name}/1`])
  await client.call(2, 'mining.authorize', [`${pool.poolAddress}.${name}`])
  await client.push('mining.notify')
  return client
}

/** What the console does. Other tests' processes may answer, too: of ours is whoever knows the pool's address. */
async function ask(question: SessionQuestion): Promise<SessionAnswer[]> {
  const heard = await redis.publish(KEYS.questions, JSON.stringify(question))
  await until(async () => (await redis.llen(KEYS.answers(question.id))) >= heard)
  return (await redis.lrange(KEYS.answers(question.id), 0, -1)).map(
    (text) => JSON.parse(text) as SessionAnswer,
  )
}

describe('the console and a running engine', () => {
  it('settings that an operator changes are taken without a restart, and known at the next start', async () => {
    const watch = await openWatch(created.url, (settings) => pool.follow(settings))
    watch.start()
    const miner = await connect('rig')
    await saveRunTimeSetting(database.pool, 'MINER_MESSAGE', 'maintenance at ten', BY)
    expect(await miner.push('client.show_message')).toEqual(['maintenance at ten'])
    // What no version knows, or is out of bounds, is left alone.
    await database.pool.query(
      `INSERT INTO run_time_setting VALUES ('STRATUM_BAN_MINUTES', '99999999', now(), 'x'), ('OLD', '1', now(), 'x')`,
    )
    await saveRunTimeSetting(database.pool, 'STRATUM_MAX_CONNECTIONS', '7', BY)
    await until(() => watch.current.values.STRATUM_MAX_CONNECTIONS === '7')
    expect(watch.current.values).toEqual({
      MINER_MESSAGE: 'maintenance at ten',
      STRATUM_MAX_CONNECTIONS: '7',
    })

    const { version } = watch.current
    await until(async () => (await versionsInForce()).includes(version))
    expect(await readProgramSettings(database.pool)).toMatchObject([
      { program: 'serve', host: 'here', lines: [{ name: 'CANARY', value: 'on', isDefault: true }] },
    ])
    await watch.close()

    // The next start finds no Postgres.
    const away = await openWatch('postgresql://127.0.0.1:1/none', () => undefined)
    away.start()
    expect(away.current).toEqual({ version, values: watch.current.values, rules: [] })
    await away.close()

    const back = await openWatch(created.url, (settings) => pool.follow(settings))
    await saveRunTimeSetting(database.pool, 'MINER_MESSAGE', undefined, BY)
    back.start()
    await until(() => back.current.version > version)
    expect(back.current.values).toEqual({ STRATUM_MAX_CONNECTIONS: '7' })
    await back.close()
    miner.socket.destroy()
  })

  it('a rule of an operator gives clients another profile, also after a restart without Postgres', async () => {
    const watch = await openWatch(created.url, (settings) => pool.follow(settings))
    watch.start()
    const profileOf = async (name: string): Promise<string | undefined> => {
      const client = await connect(name)
      const question = {
        kind: 'look',
        search: '',
        order: 'newest',
        limit: 10,
        address: pool.poolAddress,
      } as const
      const answers = await ask({ ...question, id: randomUUID() })
      client.socket.destroy()
      return answers.flatMap(({ sessions }) => sessions).find(({ userAgent }) => userAgent === `${name}/1`)
        ?.profile
    }
    expect(await profileOf('cgminer')).toBe('cgminer')
    await addProfileRule(database.pool, { pattern: 'cgminer/*', profile: 'avalon' }, BY)
    await addProfileRule(database.pool, { pattern: 'bitaxe/*', profile: 'of-another-version' }, BY)
    await until(() => watch.current.rules.length === 2)
    expect(await profileOf('cgminer')).toBe('avalon')
    expect(await profileOf('bitaxe')).toBe('esp-miner')
    const { version } = watch.current
    await until(async () => (await versionsInForce()).includes(version))
    await until(async () =>
      (await redis.hvals(KEYS.profiles)).some((text) => text.includes('"cgminer/*","profile":"avalon"')),
    )
    await watch.close()

    pool.follow(NO_RUN_TIME_SETTINGS)
    expect(await profileOf('cgminer')).toBe('cgminer')
    // The next start finds no Postgres. As the primary does, it tells what stands on disk before the first job.
    const away = await openWatch('postgresql://127.0.0.1:1/none', () => undefined)
    pool.follow(away.current)
    expect(await profileOf('cgminer')).toBe('avalon')
    await away.close()

    const back = await openWatch(created.url, (settings) => pool.follow(settings))
    await changeProfileRule(database.pool, { pattern: 'cgminer/*', profile: undefined }, BY)
    back.start()
    await until(() => back.current.version > version)
    expect(await profileOf('cgminer')).toBe('cgminer')
    await back.close()
  })

  it('sessions are told to whoever asks over Redis, and one is cut', async () => {
    const [one, two] = [await connect('one'), await connect('two')]
    const look = { kind: 'look', search: '', order: 'newest', limit: 10, address: pool.poolAddress } as const
    const sessionsOf = async () =>
      (await ask({ ...look, id: randomUUID() })).flatMap(({ sessions }) => sessions)
    const shown = await sessionsOf()
    const names = shown.map(({ workers }) => workers[0]?.workerName)
    expect(names.sort()).toEqual(['one', 'two'])
    const { connection } = shown.find(({ userAgent }) => userAgent === 'one/1')!
    const answers = await ask({ kind: 'cut', id: randomUUID(), connection })
    expect(answers.filter(({ isCut }) => isCut === true)).toHaveLength(1)
    await one.closed
    expect(await sessionsOf()).toMatchObject([{ userAgent: 'two/1' }])
    two.socket.destroy()
  })
})

/** Of all processes that report. */
async function versionsInForce(): Promise<(number | undefined)[]> {
  const texts = await redis.hvals(KEYS.processes)
  return texts.map((text) => (JSON.parse(text) as LiveProcess).settingsVersion)
}
