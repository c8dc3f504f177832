import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { liveKeys, type LiveBan } from '@headframe/core/live/live-feed'
import { startRedis, type Redis as RedisServer } from '@headframe/local/redis'
import { testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { BanList } from '../../src/guard/ban-list.js'
import { connectDroppableRedis } from '../../src/live/redis.js'
import { runCommand } from '../run-command.js'

const KEYS = liveKeys('regtest')
const [ONE, TWO, THREE] = ['203.0.113.1', '203.0.113.2', '2001:db8:0:1::/64'] as const
const BAN_MS = 600_000

let directory: string
let server: RedisServer
let admin: Redis
const closers: (() => Promise<void>)[] = []

const start = (port?: number): Promise<RedisServer> =>
  startRedis({
    directory: join(directory, 'redis'),
    packagesDirectory: testServices().packagesDirectory,
    ...(port === undefined ? {} : { port }),
  })

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headframe-bans-'))
  server = await start()
})
beforeEach(() => {
  admin = new Redis(server.url, { retryStrategy: () => 50 })
  admin.on('error', () => undefined)
})
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
  await admin.flushall()
  admin.disconnect()
})
afterAll(async () => {
  await server.stop()
  await rm(directory, { recursive: true })
})

/** A process with its copy of the list. */
async function openList(by: string): Promise<{ bans: BanList; heard: LiveBan[] }> {
  const log = pino({ level: 'silent' })
  const redis = connectDroppableRedis(server.url, log)
  const heard: LiveBan[] = []
  const bans = new BanList(
    { keys: KEYS, by, banMs: BAN_MS },
    { redis, log, nowMs: Date.now, onBan: (ban) => heard.push(ban) },
  )
  bans.start()
  closers.push(async () => {
    await bans.close()
    redis.disconnect()
  })
  await vi.waitFor(() => expect(redis.status).toBe('ready'), { timeout: 10_000 })
  return { bans, heard }
}

const until = (check: () => boolean) =>
  vi.waitFor(() => expect(check()).toBe(true), { timeout: 20_000, interval: 20 })
const addressesOf = (bans: BanList): string[] =>
  bans
    .active()
    .map(({ address }) => address)
    .sort()

/** `npm run bans -- ARGS` as a child of its own. */
const command = (...args: string[]) => runCommand('bans', args, { redisUrl: server.url })

describe('two processes', () => {
  it('share their bans, and tell those who want to close whom', async () => {
    const [here, there] = [await openList('s00'), await openList('s01')]
    const ban = here.bans.ban(ONE, 'too many rejected submissions')
    expect(here.bans.isBanned(ONE)).toBe(true)
    await until(() => there.bans.isBanned(ONE))
    expect(there.bans.active()).toEqual([ban])
    await until(() => here.heard.length === 1 && there.heard.length === 1)
    expect(there.heard).toEqual([ban])
  })

  it('that ban at once keep each other’s bans, and agree on those of both', async () => {
    const lists = await Promise.all(['s00', 's01', 's02'].map(openList))
    lists.forEach(({ bans }, index) => {
      bans.ban(ONE, `said by ${index}`)
      bans.ban(`198.51.100.${index}`, 'test')
    })
    await until(() => lists.every(({ bans }) => bans.active().length === 4))
    await until(() => new Set(lists.map(({ bans }) => JSON.stringify(bans.active()))).size === 1)
    const version = await admin.get(KEYS.bansVersion)
    // And then there is nothing more to write: whoever looks now finds what he knows.
    for (const { bans } of lists) expect(await bans.sync()).toBe(true)
    expect(await admin.get(KEYS.bansVersion)).toBe(version)
  })

  it('one of which starts later knows the bans of before', async () => {
    const { bans } = await openList('s00')
    bans.ban(ONE, 'test')
    await vi.waitFor(async () => expect(await admin.hlen(KEYS.bans)).toBe(1))
    const late = await openList('s01')
    await until(() => late.bans.isBanned(ONE))
  })

  it('ban for longer who was banned by any of them today', async () => {
    const untilMs = Date.now() - 60_000
    const over: LiveBan = { address: ONE, reason: 'x', sinceMs: 0, untilMs, offences: 2, by: 's07' }
    await admin.hset(KEYS.bans, ONE, JSON.stringify(over))
    const { bans } = await openList('s00')
    await bans.sync()
    expect(bans.isBanned(ONE)).toBe(false)
    const again = bans.ban(ONE, 'again')
    expect(again).toMatchObject({ offences: 3 })
    expect(again.untilMs - again.sinceMs).toBe(4 * BAN_MS)
  })
})

describe('the command', () => {
  it('lists, lifts and bans, and every process follows', async () => {
    const { bans, heard } = await openList('s00')
    bans.ban(ONE, 'too many rejected submissions')
    bans.ban(THREE, 'test')
    await vi.waitFor(async () => expect(await admin.hlen(KEYS.bans)).toBe(2))

    const listed = await command('list')
    expect(listed).toMatchObject({ code: 0, error: '' })
    expect(listed.output).toMatch(/^203\.0\.113\.1 .*s00 +too many rejected submissions$/m)
    expect(listed.output).toContain(THREE)

    expect((await command('lift', '2001:db8:0:1::abcd')).output).toBe(`${THREE} may connect again.\n`)
    await until(() => !bans.isBanned(THREE))
    expect(bans.isBanned(ONE)).toBe(true)

    expect((await command('ban', TWO, '60', 'floods', 'us')).output).toContain(`${TWO} is banned until`)
    await until(() => bans.isBanned(TWO))
    await until(() =>
      heard.some(({ address, by, reason }) => address === TWO && by === 'command' && reason === 'floods us'),
    )

    expect((await command('lift', ONE)).code).toBe(0)
    expect((await command('lift', TWO)).code).toBe(0)
    await until(() => bans.active().length === 0)
    expect((await command()).output).toBe('Nobody is banned.\n')
  })

  it('says what it cannot do', async () => {
    expect(await command('lift', ONE)).toMatchObject({ code: 1, error: `${ONE} is not banned.\n` })
    expect(await command('ban', '127.0.0.1', '60')).toMatchObject({
      code: 1,
      error: '127.0.0.1 is in STRATUM_NEVER_BAN.\n',
    })
    expect((await command('unban')).error).toContain('"unban" is not understood')
  })
})

describe('a Redis that is killed', () => {
  it('leaves the bans in force, gets those made meanwhile, and those it has forgotten', async () => {
    const [here, there] = [await openList('s00'), await openList('s01')]
    here.bans.ban(ONE, 'before')
    await until(() => there.bans.isBanned(ONE))
    process.kill(server.child.pid, 'SIGKILL')
    await vi.waitFor(() => expect(admin.status).not.toBe('ready'))

    here.bans.ban(TWO, 'meanwhile')
    there.bans.lift(ONE)
    expect([here.bans.isBanned(ONE), here.bans.isBanned(TWO)]).toEqual([true, true])

    await server.stop()
    await rm(join(directory, 'redis', 'appendonlydir'), { recursive: true, force: true })
    server = await start(server.port)
    await until(() => there.bans.isBanned(TWO) && !here.bans.isBanned(ONE))
    expect(addressesOf(here.bans)).toEqual([TWO])
    expect(addressesOf(there.bans)).toEqual([TWO])
    await vi.waitFor(async () =>
      expect(Object.keys(await admin.hgetall(KEYS.bans)).sort()).toEqual([ONE, TWO]),
    )
  })

  it('or emptied while it runs is told everything again', async () => {
    const { bans } = await openList('s00')
    bans.ban(ONE, 'test')
    await vi.waitFor(async () => expect(await admin.hlen(KEYS.bans)).toBe(1))
    await admin.flushall()
    await vi.waitFor(async () => expect(await admin.hlen(KEYS.bans)).toBe(1), { timeout: 10_000 })
    expect(bans.isBanned(ONE)).toBe(true)
  })
})

describe('what stands in Redis', () => {
  it('and is no ban, or is over for a day, is removed; the others are read', async () => {
    const ban = {
      address: TWO,
      reason: 'x',
      sinceMs: Date.now(),
      untilMs: Date.now() + BAN_MS,
      offences: 1,
      by: 'x',
    }
    const over = { ...ban, address: ONE, sinceMs: 0, untilMs: 1 }
    await admin.hset(KEYS.bans, {
      nonsense: 'x',
      [ONE]: JSON.stringify(over),
      [TWO]: JSON.stringify(ban),
      [THREE]: JSON.stringify(ban),
    })
    const { bans } = await openList('s00')
    await until(() => bans.isBanned(TWO))
    expect(addressesOf(bans)).toEqual([TWO])
    await vi.waitFor(async () => expect(await admin.hkeys(KEYS.bans)).toEqual([TWO]))
  })

  it('and cannot be read as a hash keeps nobody from banning', async () => {
    await admin.set(KEYS.bans, 'no hash')
    const { bans } = await openList('s00')
    await expect(bans.sync()).rejects.toThrow('WRONGTYPE')
    bans.ban(ONE, 'test')
    expect(bans.isBanned(ONE)).toBe(true)
    await admin.del(KEYS.bans)
    await vi.waitFor(async () => expect(await admin.hlen(KEYS.bans)).toBe(1), { timeout: 10_000 })
  })
})
