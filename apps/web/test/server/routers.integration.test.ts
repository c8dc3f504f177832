import { liveKeys, type LiveNode, type LiveWorker } from '@headframe/core/live/live-feed'
import { nbitsOfTarget, targetOfDifficulty } from '@headframe/core/chain/target'
import { openDatabase, type Database } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { createTestDatabase, testServices } from '@headframe/local/testing/services'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkSplit } from '../../src/measure/check-split'
import { MomentCache } from '../../src/server/cache'
import type { Context } from '../../src/server/context'
import { LiveFeed, type LiveNews } from '../../src/server/live/live-feed'
import { connectRedis, type RedisConnections } from '../../src/server/live/redis'
import { appRouter } from '../../src/server/routers/root'
import { callerFactory } from '../../src/server/trpc'
import { fillPool } from '../support/fill-pool'
import { storyAddress, type PoolStory } from '../support/pool-story'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NETWORK = 'signet'
const STEADY = storyAddress(1, NETWORK)
const NEWCOMER = storyAddress(2, NETWORK)
const NOBODY = storyAddress(3, NETWORK)
const RATE = 5e9

let created: Awaited<ReturnType<typeof createTestDatabase>>
let database: Database
let redis: RedisConnections
let live: LiveFeed
let story: PoolStory
let hashes: string[]

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

/** Each call has a fresh cache, so that tests do not see each other's answers. */
function api(changes: Partial<Context> = {}, signal?: AbortSignal) {
  const context: Context = {
    database,
    live,
    cache: new MomentCache(Date.now),
    nowMs: Date.now,
    stratumHost: undefined,
    ...changes,
  }
  return callerFactory(appRouter)(context, signal === undefined ? {} : { signal })
}

async function watch(signal: AbortSignal, changes: Partial<Context> = {}): Promise<AsyncIterator<LiveNews>> {
  return (await api(changes, signal).live.changes())[Symbol.asyncIterator]()
}

beforeAll(async () => {
  created = await createTestDatabase()
  database = openDatabase({ url: created.url })
  await migrate(database.pool)
  redis = connectRedis(testServices().redisUrl)
  live = new LiveFeed({ redis, nowMs: Date.now })
  story = tell(Date.now())
  hashes = await fillPool(database, story)
})
afterAll(async () => {
  live.close()
  await database.close()
  await created.drop()
})

function rateOf(hashrate: { measured: boolean; hashesPerSecond?: number }): number {
  expect(hashrate.measured).toBe(true)
  return hashrate.hashesPerSecond ?? Number.NaN
}

describe('pool', () => {
  it('measures what its miners were told to do', async () => {
    const pool = await api().pool.summary()
    if (!pool.isSetUp) throw new Error('the story has settings')
    expect(pool.record.state).toBe('current')
    expect(pool.active).toEqual({ miners: 2, workers: 2 })
    // One worker for the whole hour, one for twenty minutes of it; a thousand shares, so within a tenth.
    expect(rateOf(pool.hashrates['1h']) / (RATE * (80 / 60))).toBeCloseTo(1, 1)
    expect(rateOf(pool.hashrates['10m']) / (RATE * 2)).toBeCloseTo(1, 0)
    expect(pool.round?.lastBlock?.hash).toBe(hashes.at(-1))
    expect(pool.round?.effort).toBe(0)
    expect(pool.tip?.height).toBe(story.height + hashes.length)
  })

  it('says that it does not know the node when nobody tells', async () => {
    const pool = await api().pool.summary()
    expect(pool).toMatchObject({ node: { known: false, why: 'not-reported' }, presence: { known: false } })
  })

  it('charts the same work as it sums', async () => {
    const { points } = await api().pool.hashrate({ range: '6h' })
    const measured = points.filter(({ hashrate }) => hashrate.measured)
    expect(points.length - measured.length).toBeGreaterThanOrEqual(35)
    expect(measured.length).toBeGreaterThanOrEqual(35)
    for (const point of points.slice(0, 30))
      expect(point.hashrate).toEqual({ measured: false, why: 'no-share' })
  })

  it('lists its miners by work, and tells how to connect', async () => {
    const { miners, isCut } = await api().pool.miners()
    expect(miners.map(({ address }) => address)).toEqual([STEADY, NEWCOMER])
    expect(isCut).toBe(false)
    expect(await api({ stratumHost: 'pool.example' }).pool.connect()).toMatchObject({
      host: 'pool.example',
      network: NETWORK,
      ports: [
        { port: 3333, mode: 'pplns' },
        { port: 3334, fixed: true },
      ],
    })
  })
})

describe('miner', () => {
  it('gives a newcomer his whole hashrate, from his first share on', async () => {
    const miner = await api().miner.summary({ address: NEWCOMER })
    if (!miner.known) throw new Error('the newcomer has shares')
    const hour = miner.hashrates['1h']
    expect(hour.measured && hour.seconds).toBeLessThan(25 * 60)
    expect(Math.abs(rateOf(hour) / RATE - 1)).toBeLessThan(0.12)
  })

  it('counts what was rejected', async () => {
    const miner = await api().miner.summary({ address: STEADY })
    if (!miner.known) throw new Error('the miner has shares')
    expect(miner.outcomes[0]?.outcome).toBe('accepted')
    expect(miner.outcomes.find(({ outcome }) => outcome === 'stale-share')?.count).toBeGreaterThan(50)
  })

  it('takes an address in any case and with spaces around it', async () => {
    expect(await api().miner.summary({ address: ` ${STEADY.toUpperCase()} ` })).toMatchObject({ known: true })
  })

  it('says what is wrong with an address, in words', async () => {
    const mistyped = `${STEADY.slice(0, -1)}${STEADY.endsWith('q') ? 'p' : 'q'}`
    for (const address of ['', 'hello', mistyped, '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2']) {
      const refused = api().miner.summary({ address })
      await expect(refused, address).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      await expect(refused, address).rejects.toThrow(/address/i)
    }
    await expect(api().miner.summary({ address: 'a'.repeat(5000) })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it('knows nothing of an address without a share, and says only that', async () => {
    expect(await api().miner.summary({ address: NOBODY })).toMatchObject({ known: false })
    expect(await api().miner.balance({ address: NOBODY })).toBeNull()
    expect(await api().miner.hashrate({ address: NOBODY, range: '1h' })).toBeNull()
    expect(await api().miner.workers({ address: NOBODY })).toMatchObject({ workers: [] })
    expect(await api().miner.earnings({ address: NOBODY })).toEqual({ earnings: [], nextCursor: undefined })
  })

  it('shows earnings that come out right, and a balance that is their sum', async () => {
    const { earnings } = await api().miner.earnings({ address: STEADY })
    expect(earnings.map(({ status }) => status)).toEqual(['immature', 'stale', 'mature'])
    for (const earning of earnings) expect(checkSplit(earning, earning).isRight).toBe(true)
    const [immature, , mature] = earnings
    expect(await api().miner.balance({ address: STEADY })).toMatchObject({
      immatureSats: immature?.amountSats,
      availableSats: mature?.amountSats,
      lockedSats: 0n,
      paidSats: 0n,
      nextMaturity: { confirmations: 41, amountSats: immature?.amountSats },
    })
  })

  it('pages through earnings without a gap', async () => {
    const first = await api().miner.earnings({ address: STEADY, limit: 2 })
    const rest = await api().miner.earnings({ address: STEADY, limit: 2, cursor: first.nextCursor })
    expect([...first.earnings, ...rest.earnings].map(({ blockHash }) => blockHash)).toEqual(
      hashes.slice(0, 3).reverse(),
    )
    expect(rest.nextCursor).toBeUndefined()
  })
})

describe('worker', () => {
  it('has a chart of its own, with zeros after it went off', async () => {
    const chart = await api().worker.hashrate({ address: STEADY, worker: 'two', range: '1h' })
    expect(chart?.points).toHaveLength(60)
    // The last bucket may have hardly begun.
    for (const { hashrate } of chart?.points.slice(0, -1) ?? [])
      expect(hashrate).toMatchObject({ measured: true, hashesPerSecond: 0 })
    expect(await api().worker.hashrate({ address: STEADY, worker: 'three', range: '1h' })).toBeNull()
  })
})

describe('blocks', () => {
  it('come newest first, with what is known of each', async () => {
    const { blocks, nextCursor } = await api().blocks.list({ limit: 3 })
    expect(blocks.map(({ status, isSettled }) => [status, isSettled])).toEqual([
      ['candidate', false],
      ['immature', true],
      ['stale', true],
    ])
    const rest = await api().blocks.list({ limit: 3, cursor: nextCursor })
    expect(rest.blocks.map(({ hash }) => hash)).toEqual([hashes[0]])
  })

  it('show a split that anybody can check', async () => {
    const hash = hashes[2]!
    const found = await api().blocks.one({ hash: hash.toUpperCase() })
    const { earnings } = await api().blocks.earnings({ hash, limit: 1 })
    expect(earnings).toHaveLength(1)
    expect(checkSplit(earnings[0]!, found!.split!).isRight).toBe(true)
    expect(await api().blocks.one({ hash: 'f'.repeat(64) })).toBeNull()
    await expect(api().blocks.one({ hash: 'f00' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('live', () => {
  const keys = liveKeys(NETWORK)

  it('reads what the engine reports, and nothing of those who are gone', async () => {
    const nowMs = Date.now()
    const node: LiveNode = {
      atMs: nowMs,
      state: 'away',
      message: 'no answer',
      sinceMs: nowMs - HOUR,
      height: 503,
    }
    const worker: LiveWorker = { atMs: nowMs, connections: 1, difficulty: 2, userAgent: 'test/1' }
    await redis.commands.set(keys.node, JSON.stringify(node), 'PX', 5_000)
    await redis.commands.hset(keys.processes, {
      's00-a': JSON.stringify({ atMs: nowMs, connections: 3, workers: 2 }),
      's01-b': JSON.stringify({ atMs: nowMs, connections: 4, workers: 1 }),
      's02-gone': JSON.stringify({ atMs: nowMs - 10 * MINUTE, connections: 99, workers: 99 }),
      's03-broken': '{',
    })
    await redis.commands.hset(keys.miner(STEADY), {
      's00-a/one': JSON.stringify(worker),
      's01-b/two': JSON.stringify({ ...worker, connections: 0 }),
    })
    expect(await api().pool.summary()).toMatchObject({
      node: { known: true, value: { state: 'away', message: 'no answer' } },
      presence: { known: true, value: { connections: 7, workers: 3 } },
    })
    const { workers } = await api().miner.workers({ address: STEADY })
    expect(workers.map(({ name, presence }) => [name, presence.state])).toEqual([
      ['one', 'online'],
      ['two', 'offline'],
    ])
  })

  it('tells a page what has changed, and forgets it when it leaves', async () => {
    const left = new AbortController()
    const changes = await watch(left.signal)
    expect(await changes.next()).toMatchObject({ value: { topics: [], feed: 'live' } })
    expect(live.pageCount).toBe(1)
    await redis.commands.publish(keys.events, JSON.stringify({ type: 'tip', atMs: 1, height: 9 }))
    await redis.commands.publish(keys.events, JSON.stringify({ type: 'block', atMs: 1, hash: '00' }))
    expect(await changes.next()).toMatchObject({ value: { topics: ['tip', 'block'], feed: 'live' } })
    left.abort()
    await expect(changes.next()).rejects.toThrow()
    expect(live.pageCount).toBe(0)
  })

  it('falls back to what the database knows while Redis is away', async () => {
    const away = connectRedis('redis://127.0.0.1:1')
    const feed = new LiveFeed({ redis: away, nowMs: Date.now })
    try {
      const pool = await api({ live: feed }).pool.summary()
      expect(pool).toMatchObject({
        hashrates: { '1h': { measured: true } },
        node: { known: false, why: 'feed-away' },
      })
      const { workers } = await api({ live: feed }).miner.workers({ address: STEADY })
      expect(workers.map(({ presence }) => presence.state)).toEqual(['unknown', 'unknown'])
      const left = new AbortController()
      const changes = await watch(left.signal, { live: feed })
      expect(await changes.next()).toMatchObject({ value: { topics: [], feed: 'away' } })
      left.abort()
    } finally {
      feed.close()
    }
  })
})
