import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nbitsOfTarget, targetOfDifficulty } from '@headframe/core/chain/target'
import { openDatabase, type Database } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { createTestDatabase, testServices } from '@headframe/local/testing/services'
import { MomentCache } from '../../src/server/cache'
import type { RequestContext } from '../../src/server/context'
import { LiveFeed } from '../../src/server/live/live-feed'
import { connectRedis, type RedisConnections } from '../../src/server/live/redis'
import { ConsoleKey } from '../../src/server/operators/console-key'
import { appRouter } from '../../src/server/routers/root'
import { callerFactory } from '../../src/server/trpc'
import { VISITOR } from '../../src/server/viewer'
import { fillPool } from './fill-pool'
import { storyAddress, type PoolStory } from './pool-story'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const NETWORK = 'signet'
/** Mines all along with one worker, and did with a second. */
export const STEADY = storyAddress(1, NETWORK)
/** Has mined for twenty minutes. */
export const NEWCOMER = storyAddress(2, NETWORK)
export const NOBODY = storyAddress(3, NETWORK)
/** H/s of each worker. */
export const RATE = 5e9

export interface TestApi {
  /** Calls the routers. Each call has a fresh cache, so that tests do not see each other's answers. */
  readonly call: (changes?: Partial<RequestContext>, signal?: AbortSignal) => ReturnType<typeof createCaller>
  /** What a call works with, as a visitor; `changes` say what else. */
  readonly context: (changes?: Partial<RequestContext>) => RequestContext
  readonly database: Database
  readonly redis: RedisConnections
  readonly live: LiveFeed
  readonly story: PoolStory
  /** Of the story's blocks, the oldest first. */
  readonly hashes: readonly string[]
  readonly close: () => Promise<void>
}

const createCaller = callerFactory(appRouter)

/** The API over a database that holds three hours of a small pool, and the run's Redis. */
export async function openTestApi(): Promise<TestApi> {
  const created = await createTestDatabase()
  const database = openDatabase({ url: created.url })
  await migrate(database.pool)
  const redis = connectRedis(testServices().redisUrl)
  const live = new LiveFeed({ redis, nowMs: Date.now })
  const story = tell(Date.now())
  const consoleKey = new ConsoleKey(join(tmpdir(), `headframe-console-${process.pid}.key`))
  const hashes = await fillPool(database, story)
  const context = (changes: Partial<RequestContext> = {}): RequestContext => {
    const cache = new MomentCache(Date.now)
    const own = {
      database,
      live,
      cache,
      nowMs: Date.now,
      stratumHost: undefined,
      publicUrl: undefined,
      consoleKey,
    }
    const site = { origin: 'https://pool.example', host: 'pool.example', isSecure: true }
    const asked = { payoutAddressDelayMs: 72 * HOUR, viewKeys: [], host: site.host, site }
    return { ...own, ...asked, viewer: VISITOR, ...changes }
  }
  return {
    call: (changes = {}, signal) => createCaller(context(changes), signal === undefined ? {} : { signal }),
    context,
    database,
    redis,
    live,
    story,
    hashes,
    async close() {
      live.close()
      await database.close()
      await created.drop()
    },
  }
}

function tell(endsAtMs: number): PoolStory {
  const rig = { hashesPerSecond: RATE, difficulty: 1 }
  return {
    network: NETWORK,
    nbits: nbitsOfTarget(targetOfDifficulty(300)),
    miners: [
      {
        address: STEADY,
        workers: [
          { ...rig, name: 'one', rejects: [['stale-share', 3]] },
          { ...rig, name: 'two', untilMs: endsAtMs - 70 * MINUTE },
        ],
      },
      { address: NEWCOMER, workers: [{ ...rig, name: '', fromMs: endsAtMs - 20 * MINUTE }] },
    ],
    startsAtMs: endsAtMs - 3 * HOUR,
    endsAtMs,
    stepMs: 2 * MINUTE,
    subsidySats: 5_000_000_000n,
    height: 500,
    seed: 11,
    blocks: [
      { foundAtMs: endsAtMs - 2 * HOUR, finder: 0, status: 'mature', confirmations: 101 },
      { foundAtMs: endsAtMs - 90 * MINUTE, finder: 0, status: 'stale', confirmations: 0 },
      { foundAtMs: endsAtMs - 10 * MINUTE, finder: 0, status: 'immature', confirmations: 41 },
      { foundAtMs: endsAtMs, finder: 1, status: 'candidate', confirmations: 0 },
    ],
  }
}
