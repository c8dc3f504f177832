import { liveKeys, type LiveNode } from '@headframe/core/live/live-feed'
import type {
  LiveJournal,
  LiveProfiles,
  LiveProgram,
  LiveTasks,
  LiveWork,
} from '@headframe/core/live/live-system'
import { Redis } from 'ioredis'
import { expect, onTestFinished, test } from 'vitest'
import { ownNode } from '../own-node.js'
import { LONG_MS, openServe } from './serve-process.js'

const node = ownNode()
const PATIENT = { timeout: 60_000, interval: 500 }
const keys = liveKeys('regtest')

test(
  'serve and settle tell operators what each process does, what miners have, and what lies on the disk',
  async () => {
    const serve = await openServe({
      nodeUrl: `${node().url} name=near`,
      port: 'mode=pplns',
      processes: 2,
      environment: { CANARY: 'on' },
    })
    await serve.start()
    await serve.startSettle()
    const redis = new Redis(serve.redisUrl)
    onTestFinished(() => redis.disconnect())
    const valuesOf = async <T>(key: string) => (await redis.hvals(key)).map((text) => JSON.parse(text) as T)
    const oneOf = async <T>(key: string) => JSON.parse((await redis.get(key)) ?? 'null') as T | null

    const programs = async () =>
      (await valuesOf<LiveProgram>(keys.programs)).map(({ program }) => program).sort()
    await expect
      .poll(programs, PATIENT)
      .toEqual(['canary', 'primary', 'settle', 'shipper', 'stratum', 'stratum'])
    await expect
      .poll(async () => (await valuesOf<LiveProgram>(keys.programs)).map(({ doing }) => doing), PATIENT)
      .toContain('gives work to 2 of 2 stratum processes')

    expect((await oneOf<LiveWork>(keys.work))!.jobs.at(-1)).toMatchObject({
      ...{ node: 'near', reason: 'first-template', cleanJobs: true, transactionCount: 0 },
    })
    await expect
      .poll(async () => (await oneOf<LiveNode>(keys.node))?.nodes[0], PATIENT)
      .toMatchObject({
        isChosen: true,
        tip: { heardBy: 'poll' },
        facts: { peersIn: 0, peersOut: 0, zmq: [] },
      })
    await expect
      .poll(async () => (await valuesOf<LiveJournal>(keys.journals))[0]?.writers.length, PATIENT)
      .toBe(2)
    await expect
      .poll(
        async () => (await valuesOf<LiveProfiles>(keys.profiles)).map((each) => each.profiles.at(-1)!.name),
        PATIENT,
      )
      .toEqual(['default', 'default'])
    await expect
      .poll(async () => (await oneOf<LiveTasks>(keys.tasks))?.tasks.map(({ name }) => name), PATIENT)
      .toContain('watch-blocks')
  },
  LONG_MS,
)
