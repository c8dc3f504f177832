import { PROGRAM_GONE_AFTER_MS, type LiveProgram } from '@headframe/core/live/live-system'
import { testRedisPrefix, testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ProgramFeed } from '../../src/live/program-feed.js'

const keys = { programs: `${testRedisPrefix()}programs` }
const NOW_MS = 1e12
let redis: Redis
beforeAll(async () => {
  redis = new Redis(testServices().redisUrl)
  await redis.ping()
})
afterEach(() => redis.del(keys.programs))
afterAll(() => redis.disconnect())

const read = async (): Promise<LiveProgram[]> =>
  (await redis.hvals(keys.programs)).map((text) => JSON.parse(text) as LiveProgram)

test('a process tells what it is and what it does until it ends, and those who died are swept away', async () => {
  const gone = { atMs: NOW_MS - PROGRAM_GONE_AFTER_MS - 1, program: 'web' }
  const silent = { atMs: NOW_MS - PROGRAM_GONE_AFTER_MS + 1_000, program: 'web' }
  await redis.hset(keys.programs, { gone: JSON.stringify(gone), silent: JSON.stringify(silent), broken: '{' })
  let doing = 'waits'
  const options = { program: 'stratum', name: 's00-a', keys } as const
  const feed = new ProgramFeed(options, { redis, nowMs: () => NOW_MS, doing: () => doing })
  await feed.publish()
  doing = 'works'
  await feed.publish()
  const told = await read()
  expect(told).toHaveLength(2)
  expect(told).toContainEqual(silent)
  const own = told.find(({ pid }) => pid === process.pid)!
  expect(own).toMatchObject({ program: 'stratum', name: 's00-a', doing: 'works', atMs: NOW_MS })
  expect(own.version).toMatch(/^\d+\.\d+\.\d+/)
  expect(own.startedAtMs).toBeLessThan(NOW_MS)
  expect(own.memoryBytes).toBeGreaterThan(0)
  await feed.close()
  expect(await read()).toEqual([silent])
})
