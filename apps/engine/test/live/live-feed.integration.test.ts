import { liveKeys } from '@headframe/core/live/live-feed'
import { testRedisPrefix, testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LiveFeed } from '../../src/live/live-feed.js'
import { Presence } from '../../src/live/presence.js'

const MINUTE_MS = 60_000
const EXPIRES_AFTER_MS = 10 * MINUTE_MS
/** More than Redis looks at in a row. */
const MANY = 3_000

const prefix = testRedisPrefix()
const KEYS = {
  ...liveKeys('regtest'),
  processes: `${prefix}processes`,
  miner: (of: string) => `${prefix}${of}`,
}
const RIGS = KEYS.miner('farm')

let redis: Redis
beforeAll(async () => {
  redis = new Redis(testServices().redisUrl)
  await redis.ping()
})
afterEach(() => redis.del(RIGS, KEYS.processes))
afterAll(() => redis.disconnect())

/** A stratum process as the live feed sees it, with a clock of its own. */
function openProcess(writerId: string) {
  const presence = new Presence()
  const clock = { nowMs: 1e12 }
  const summary = () => ({ connections: 0, eventLoopDelayP99Ms: 0, lateSharesCredited: 0, profileHits: {} })
  const feed = new LiveFeed(
    { writerId, keys: KEYS },
    { redis, presence, connections: { takeInto: () => undefined }, nowMs: () => clock.nowMs, summary },
  )
  return { feed, presence, clock, join: (name: string) => presence.join('farm', name, 'test/1', 1, 5) }
}

const entryOf = (atMs: number) => JSON.stringify({ atMs, connections: 1, difficulty: 1, userAgent: 'test/1' })
const fields = async () => (await redis.hkeys(RIGS)).sort()

describe('a worker that leaves', () => {
  it('is removed, and those that stay are not', async () => {
    const { feed, presence, join } = openProcess('s00')
    join('stays')
    const leaves = join('leaves')
    await feed.publish()
    expect(await fields()).toEqual(['s00/leaves', 's00/stays'])
    presence.leave(leaves)
    await feed.publish()
    expect(await fields()).toEqual(['s00/stays'])
  })

  it('is there again when it comes back before anybody was told', async () => {
    const { feed, presence, join } = openProcess('s00')
    const leaves = join('rig')
    await feed.publish()
    presence.leave(leaves)
    join('rig')
    await feed.publish()
    expect(await fields()).toEqual(['s00/rig'])
  })

  it('is there as long as another of its connections is', async () => {
    const { feed, presence, join } = openProcess('s00')
    join('rig')
    presence.leave(join('rig'))
    await feed.publish()
    expect(JSON.parse((await redis.hget(RIGS, 's00/rig'))!)).toMatchObject({
      connections: 1,
      connectedAtMs: 5,
    })
  })

  it('leaves nothing behind, whatever name it had', async () => {
    const { feed, presence, join } = openProcess('s00')
    join('stays')
    for (let round = 0; round < 10; round++) {
      const workers = Array.from({ length: 40 }, (_, index) => join(`${round}-${index}`))
      await feed.publish()
      for (const worker of workers) presence.leave(worker)
      await feed.publish()
    }
    expect(await fields()).toEqual(['s00/stays'])
  })
})

describe('workers of a process that was killed', () => {
  it('are removed by another when they have expired, however many, and not before', async () => {
    const { feed, clock, join } = openProcess('s00')
    join('stays')
    const killed = Array.from({ length: MANY }, (_, index) => [`s01/${index}`, entryOf(clock.nowMs)])
    await redis.hset(RIGS, Object.fromEntries(killed) as Record<string, string>)
    await redis.hset(RIGS, 's01/late', entryOf(clock.nowMs + MINUTE_MS))
    clock.nowMs += EXPIRES_AFTER_MS
    await feed.publish()
    expect(await redis.hlen(RIGS)).toBe(MANY + 2)
    clock.nowMs += MINUTE_MS
    await feed.publish()
    expect(await fields()).toEqual(['s00/stays', 's01/late'])
  })

  it('and of the process before it under the same name are removed as well', async () => {
    const { feed, clock, join } = openProcess('s00')
    join('stays')
    await redis.hset(RIGS, 's00/gone', entryOf(clock.nowMs - EXPIRES_AFTER_MS - 1))
    await feed.publish()
    expect(await fields()).toEqual(['s00/stays'])
  })

  it('go with what nobody can read; a key of somebody else keeps no other from being swept', async () => {
    const { feed, clock, presence, join } = openProcess('s00')
    join('stays')
    const foreign = KEYS.miner('foreign')
    await redis.set(foreign, 'no hash')
    presence.join('foreign', 'rig', 'test/1', 1, 5)
    await redis.hset(RIGS, { nonsense: '{', 's01/gone': entryOf(clock.nowMs - EXPIRES_AFTER_MS - 1) })
    await feed.publish()
    expect(await fields()).toEqual(['s00/stays'])
    await redis.del(foreign)
  })

  it('go with the key where nobody else tells of the miner', async () => {
    const { feed, join } = openProcess('s00')
    join('rig')
    await feed.publish()
    const leftMs = await redis.pttl(RIGS)
    expect(leftMs).toBeGreaterThan(0)
    expect(leftMs).toBeLessThanOrEqual(EXPIRES_AFTER_MS)
  })
})
