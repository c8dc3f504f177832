import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startRedis, type Redis as RedisServer } from '@headframe/local/redis'
import { testRedisPrefix, testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Log } from '../../src/log.js'
import { TaskRuntime } from '../../src/tasks/runtime.js'
import { OFTEN, type Task } from '../../src/tasks/task.js'

let directory: string
let server: RedisServer
let runtime: TaskRuntime | undefined
let prefix: string
let lines: { level: number; msg: string }[]
let log: Log

const start = (port?: number): Promise<RedisServer> =>
  startRedis({
    directory: join(directory, 'redis'),
    packagesDirectory: testServices().packagesDirectory,
    ...(port === undefined ? {} : { port }),
  })

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headframe-runtime-'))
  server = await start()
  prefix = testRedisPrefix().slice(0, -1)
  lines = []
  log = pino(
    { level: 'info' },
    { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]) },
  )
})
afterEach(async () => {
  await runtime?.close()
  runtime = undefined
  await server.stop()
  await rm(directory, { recursive: true })
})

function task(handler: () => Promise<void> | void, everyMs = 100): Task {
  return {
    name: 'count',
    schedule: { everyMs },
    schema: z.object({}),
    policy: OFTEN,
    handler: async () => handler(),
  }
}

function run(...tasks: Task[]): void {
  runtime = new TaskRuntime({ redisUrl: server.url, prefix }, { tasks, log })
}

const until = (check: () => boolean) =>
  vi.waitFor(() => expect(check()).toBe(true), { timeout: 20_000, interval: 20 })
const said = (text: string) => lines.filter(({ msg }) => msg.includes(text)).length

describe('TaskRuntime', () => {
  it('runs a task again and again, never twice at once', async () => {
    let [runs, running, most] = [0, 0, 0]
    run(
      task(async () => {
        most = Math.max(most, ++running)
        await sleep(150)
        running--
        runs++
      }, 50),
    )
    await until(() => runs >= 5)
    expect(most).toBe(1)
    await runtime!.close()
    expect(running).toBe(0)
    const after = runs
    await sleep(400)
    expect(runs).toBe(after)
  })

  it('says once that a task fails and once that it works again', async () => {
    let runs = 0
    run(
      task(() => {
        if (++runs <= 4) throw new Error('no')
      }),
    )
    await until(() => runs >= 8)
    expect(said('a task fails')).toBe(1)
    expect(said('works again')).toBe(1)
  })

  it('remembers no more runs than its policy says', async () => {
    let runs = 0
    run(
      task(() => {
        runs++
      }, 20),
    )
    await until(() => runs >= 40)
    const redis = new Redis(server.url)
    expect(await redis.zcard(`${prefix}:count:completed`)).toBeLessThanOrEqual(OFTEN.keepCompleted)
    redis.disconnect()
  })

  it('waits while Redis is away, and goes on by itself', async () => {
    let runs = 0
    run(
      task(() => {
        runs++
      }),
    )
    await until(() => runs >= 3)
    await server.stop()
    await until(() => said('Redis is away') === 1)
    const before = runs
    await sleep(500)
    expect(runs - before).toBeLessThanOrEqual(1)
    server = await start(server.port)
    await until(() => runs >= before + 3)
    expect(said('Redis is back')).toBe(1)
  })

  it('schedules again after a Redis that came back without its memory', async () => {
    let runs = 0
    run(
      task(() => {
        runs++
      }),
    )
    await until(() => runs >= 3)
    const redis = new Redis(server.url)
    await redis.flushall()
    redis.disconnect()
    await server.stop()
    server = await start(server.port)
    const before = runs
    await until(() => runs >= before + 3)
  })

  it('goes on in another process when one hangs in the middle of a run', async () => {
    let [hanging, runs] = [0, 0]
    const stuck = new AbortController()
    run(
      task(async () => {
        hanging++
        await sleep(60_000, undefined, { signal: stuck.signal })
      }),
    )
    await until(() => hanging === 1)
    const other = new TaskRuntime(
      { redisUrl: server.url, prefix },
      {
        tasks: [
          task(() => {
            runs++
          }),
        ],
        log,
      },
    )
    await until(() => runs >= 3)
    await other.close()
    stuck.abort()
  })

  it('closes while Redis is away', async () => {
    let runs = 0
    run(
      task(() => {
        runs++
      }),
    )
    await until(() => runs >= 2)
    await server.stop()
    const startedAt = Date.now()
    await runtime!.close()
    expect(Date.now() - startedAt).toBeLessThan(15_000)
    server = await start(server.port)
  })
})
