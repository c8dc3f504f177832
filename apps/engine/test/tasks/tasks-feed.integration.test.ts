import type { LiveTasks } from '@headframe/core/live/live-system'
import { testRedisPrefix, testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { TaskRuntime } from '../../src/tasks/runtime.js'
import { OFTEN, type Task } from '../../src/tasks/task.js'
import { TasksFeed } from '../../src/tasks/tasks-feed.js'

const HOUR_MS = 3_600_000
const PATIENT = { timeout: 20_000 }
const prefix = testRedisPrefix()
const keys = { tasks: `${prefix}tasks`, taskWishes: `${prefix}wishes` }
const log = pino({ level: 'silent' })
let redis: Redis
let runtime: TaskRuntime
let feed: TasksFeed
let runs = 0
let problem: string | undefined = 'the disk is full'

const task: Task = {
  name: 'tidy-up',
  schedule: { everyMs: HOUR_MS },
  schema: z.object({}),
  policy: OFTEN,
  handler: () => {
    runs++
    return problem === undefined ? Promise.resolve() : Promise.reject(new Error(problem))
  },
}

beforeAll(async () => {
  redis = new Redis(testServices().redisUrl)
  await redis.ping()
  const options = { redisUrl: testServices().redisUrl, prefix: prefix.slice(0, -1) }
  runtime = new TaskRuntime(options, { tasks: [task], log })
  feed = new TasksFeed({
    ...{ redis, keys, log, nowMs: Date.now },
    describe: () => runtime.describe(),
    runNow: (name) => runtime.runNow(name, Date.now()),
  })
})
afterAll(async () => {
  await runtime.close()
  await redis.del(keys.tasks, keys.taskWishes)
  redis.disconnect()
})

async function told() {
  await feed.look()
  const text = await redis.get(keys.tasks)
  return text === null ? undefined : (JSON.parse(text) as LiveTasks).tasks[0]!
}
const wish = (name: string, atMs = Date.now()) =>
  redis.hset(keys.taskWishes, name, JSON.stringify({ atMs, by: 'ada' }))

test('tells how a task stands, and runs it before its time when an operator asks', async () => {
  // The first run comes with the schedule, and fails.
  await expect.poll(() => runs, PATIENT).toBe(1)
  await expect.poll(() => runtime.failing(), PATIENT).toEqual(['tidy-up'])
  await wish('tidy-up')
  const failed = await told()
  expect(failed).toMatchObject({ name: 'tidy-up', everyMs: HOUR_MS, isFailing: true })
  expect(failed!.errors[0]!.reason).toBe('the disk is full')
  expect(failed!.nextRunAtMs! - Date.now()).toBeGreaterThan(0)
  // It was taken up, and is not taken up again.
  await expect.poll(() => runs, PATIENT).toBe(2)
  expect(await redis.hlen(keys.taskWishes)).toBe(0)

  problem = undefined
  await wish('tidy-up')
  await feed.look()
  await expect.poll(() => runtime.failing(), PATIENT).toEqual([])
  expect(runs).toBe(3)
  await wish('no-such-task')
  const well = await told()
  expect(well).toMatchObject({ isFailing: false, failed: 2, waiting: 0, active: 0 })
  expect(well!.lastRun!.atMs).toBeGreaterThanOrEqual(failed!.errors[0]!.atMs)

  // Who asked a minute ago has looked elsewhere by now.
  await wish('tidy-up', Date.now() - 61_000)
  await feed.look()
  expect(await redis.hlen(keys.taskWishes)).toBe(0)
  const later = await told()
  expect(later).toMatchObject({ waiting: 0, active: 0 })
  expect(runs).toBe(3)
})
