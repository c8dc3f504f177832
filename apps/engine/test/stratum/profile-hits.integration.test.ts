import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { liveKeys } from '@headframe/core/live/live-feed'
import { startRedis, type Redis as RedisServer } from '@headframe/local/redis'
import { testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { LiveFeed } from '../../src/live/live-feed.js'
import { Presence } from '../../src/live/presence.js'
import { ClientProfiles } from '../../src/stratum/client-profiles.js'
import { runCommand } from '../run-command.js'

const KEYS = liveKeys('regtest')
/** Longer than a process that runs is silent. */
const LONG_AGO_MS = 15_000

/** The command may take seconds to start; what is told now is to be lately all the same. */
const lately = (): number => Date.now() + 60_000

let directory: string
let server: RedisServer
let redis: Redis

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headframe-profiles-'))
  server = await startRedis({
    directory: join(directory, 'redis'),
    packagesDirectory: testServices().packagesDirectory,
  })
})
beforeEach(() => {
  redis = new Redis(server.url)
})
afterEach(async () => {
  await redis.flushall()
  redis.disconnect()
})
afterAll(async () => {
  await server.stop()
  await rm(directory, { recursive: true })
})

/** `npm run profiles -- ARGS`. */
const command = (args: string[] = [], environment: Record<string, string> = {}, redisUrl = server.url) =>
  runCommand('profiles', args, { redisUrl, environment })

/** What a stratum process tells of itself once these clients have subscribed to it. */
async function tellOf(writerId: string, userAgents: string[], nowMs = lately()): Promise<void> {
  const profiles = await ClientProfiles.open({ file: undefined }, { log: pino({ level: 'silent' }) })
  for (const userAgent of userAgents) profiles.match(userAgent)
  const summary = () => ({
    connections: 0,
    eventLoopDelayP99Ms: 0,
    lateSharesCredited: 0,
    profileHits: Object.fromEntries(profiles.counts().map(({ name, hits }) => [name, hits])),
  })
  const presence = new Presence()
  await redis.ping()
  const feed = new LiveFeed(
    { writerId, keys: KEYS },
    { redis, presence, connections: { takeInto: () => undefined }, nowMs: () => nowMs, summary },
  )
  await feed.publish()
}

it('are summed over the processes that live, beside what is known of each client', async () => {
  await tellOf('s00', ['bitaxe/2.4', 'bitaxe/2.5', 'who/1'])
  await tellOf('s01', ['bitaxe/2.4', 'NiceHash/1.0'])
  await tellOf('s02', ['bitaxe/2.4'], Date.now() - LONG_AGO_MS)
  const { code, output, error } = await command()
  expect({ code, error }).toEqual({ code: 0, error: '' })
  expect(output).toMatch(/^PROFILE +USER AGENTS +COINBASE +MIN DIFFICULTY +KEEPALIVE +HITS$/m)
  expect(output).toMatch(/^esp-miner +bitaxe\* +6500 B +0\.000000001 +180 s, pinged +3$/m)
  expect(output).toMatch(/^nicehash +nicehash\/\* +500 B +524288 +60 s +1$/m)
  expect(output).toMatch(/^default +all others +750 B +0\.000000001 +60 s +1$/m)
  expect(output).toContain('Hits are clients of 2 stratum processes since each began.')
})

it('are there as JSON, with the profiles of the file and without what only another file has', async () => {
  const file = join(directory, 'profiles.json')
  const ours = { name: 'ours', userAgents: ['ours/*'], minDifficulty: 7 }
  await writeFile(file, JSON.stringify({ profiles: [ours] }))
  await tellOf('s00', ['cgminer/4.12'])
  const report = JSON.stringify({ atMs: lately(), profileHits: { ours: 2, theirs: 1 } })
  await redis.hset(KEYS.processes, 's01', report)
  const { output } = await command(['--json'], { STRATUM_PROFILES_FILE: file })
  const { processes, profiles } = JSON.parse(output) as { processes: number; profiles: { name: string }[] }
  expect(processes).toBe(2)
  expect(profiles[0]).toMatchObject({ ...ours, maxCoinbaseBytes: 750, keepaliveSeconds: 60, hits: 2 })
  expect(profiles.find(({ name }) => name === 'cgminer')).toMatchObject({ answersPing: true, hits: 1 })
  expect(profiles.at(-1)).toEqual({ name: 'theirs', hits: 1 })
  expect((await command()).output).toMatch(/^theirs +\? +\? +\? +\? +1\n\n.*\n.*STRATUM_PROFILES_FILE/m)
})

it('stand behind the rules of operators, as the process has them that told of them last', async () => {
  await tellOf('s00', ['bitaxe/2.4'])
  const tell = (writerId: string, atMs: number, profile: string) =>
    redis.hset(KEYS.profiles, writerId, JSON.stringify({ atMs, rules: [{ pattern: 'rig*', profile }] }))
  await tell('s00', lately(), 'epic')
  await tell('s01', lately() - 1_000, 'vnish')
  await redis.hset(KEYS.profiles, 's02', '{')
  expect((await command()).output).toMatch(/^RULE OF THE CONSOLE +PROFILE\nrig\* +epic\n\nPROFILE /)
  await redis.hdel(KEYS.profiles, 's00')
  const { rules } = JSON.parse((await command(['--json'])).output) as { rules: unknown }
  expect(rules).toEqual([{ pattern: 'rig*', profile: 'vnish' }])
  await tell('s01', Date.now() - LONG_AGO_MS, 'epic')
  expect((await command()).output).toMatch(/^PROFILE /)
})

it('are not known while no pool runs, Redis is away, or the file makes no sense', async () => {
  expect(await command()).toMatchObject({
    code: 1,
    error: expect.stringContaining('No pool runs on regtest') as string,
  })
  await tellOf('s00', ['bitaxe/2.4'], Date.now() - LONG_AGO_MS)
  expect(await command()).toMatchObject({ code: 1, output: '' })
  await redis.hset(KEYS.processes, 's01', '{')
  expect(await command()).toMatchObject({ code: 1, output: '' })
  const away = await command([], {}, 'redis://127.0.0.1:1')
  expect(away).toMatchObject({ code: 1, output: '' })
  expect(away.error).toContain('Redis, which keeps the counts, does not answer')
  const broken = await command([], { STRATUM_PROFILES_FILE: join(directory, 'none') })
  expect(broken.error).toMatch(/^STRATUM_PROFILES_FILE .* cannot be used: ENOENT/)
})

it('are asked for by no other words', async () => {
  expect(await command(['all'])).toMatchObject({
    code: 1,
    error: expect.stringContaining('"all" is not understood') as string,
  })
  expect((await command(['--help'])).output).toContain('profiles --json')
})
