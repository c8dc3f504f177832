import {
  liveKeys,
  type LiveCanary,
  type LiveNode,
  type LiveSelfCheck,
  type LiveWorker,
} from '@headframe/core/live/live-feed'
import { saveChainTip } from '@headframe/db/pool/save-chain-tip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../../src/server/context'
import { LiveFeed, type LiveNews } from '../../src/server/live/live-feed'
import { connectRedis } from '../../src/server/live/redis'
import { NETWORK, openTestApi, STEADY, type TestApi } from '../support/test-api'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

async function watch(signal: AbortSignal, changes: Partial<Context> = {}): Promise<AsyncIterator<LiveNews>> {
  return (await api.call(changes, signal).live.changes())[Symbol.asyncIterator]()
}

describe('live', () => {
  const keys = liveKeys(NETWORK)

  it('says that it does not know the node when nobody tells', async () => {
    const pool = await api.call().pool.summary()
    expect(pool).toMatchObject({ node: { known: false, why: 'not-reported' }, presence: { known: false } })
  })

  it('reads what the engine reports, and nothing of those who are gone', async () => {
    const nowMs = Date.now()
    const node: LiveNode = {
      atMs: nowMs,
      state: 'away',
      message: 'no answer',
      sinceMs: nowMs - HOUR,
      height: 503,
      nodes: [{ name: 'near', state: 'away', message: 'no answer', sinceMs: nowMs - HOUR, isChosen: false }],
    }
    const worker: LiveWorker = {
      ...{ atMs: nowMs, connections: 1, connectedAtMs: nowMs - HOUR },
      ...{ difficulty: 2, userAgent: 'test/1' },
    }
    await api.redis.commands.set(keys.node, JSON.stringify(node), 'PX', 5_000)
    await api.redis.commands.hset(keys.processes, {
      's00-a': JSON.stringify({ atMs: nowMs, connections: 3, workers: 2 }),
      's01-b': JSON.stringify({ atMs: nowMs, connections: 4, workers: 1 }),
      's02-gone': JSON.stringify({ atMs: nowMs - 10 * MINUTE, connections: 99, workers: 99 }),
      's03-broken': '{',
    })
    await api.redis.commands.hset(keys.miner(STEADY), {
      's00-a/one': JSON.stringify(worker),
      's01-b/two': JSON.stringify({ ...worker, connections: 0 }),
      's02-gone/two': JSON.stringify({ ...worker, atMs: nowMs - 3 * MINUTE }),
    })
    expect(await api.call().pool.summary()).toMatchObject({
      node: { known: true, value: { state: 'away', message: 'no answer', nodes: [{ name: 'near' }] } },
      presence: { known: true, value: { connections: 7, workers: 3 } },
    })
    const { workers } = await api.call().miner.workers({ address: STEADY })
    expect(workers.map(({ name, presence }) => [name, presence.state])).toEqual([
      ['one', 'online'],
      ['two', 'offline'],
    ])
  })

  it('tells miners the fee of FPPS, and everybody how far its reserve goes', async () => {
    const before = await api.call().pool.status()
    expect(before.isSetUp && before.fpps).toBeUndefined()
    const { pool } = api.database
    await saveChainTip(pool, '11'.repeat(32), 1_000, Date.now())
    await pool.query('UPDATE pool SET fpps_fee_basis_points = 250, fpps_reserve_sats = 500000000000')
    expect(await api.call().pool.connect()).toMatchObject({ fppsFeeBasisPoints: 250 })
    const status = await api.call().pool.status()
    expect(status).toMatchObject({
      fpps: { reserveSats: 500_000_000_000n, leftSats: 500_000_000_000n, risk: { reserveInBlocks: 100 } },
    })
    // exp(-2 f R / B)
    const chance = status.isSetUp ? status.fpps?.risk?.ruinChance : undefined
    expect(chance).toBeCloseTo(Math.exp(-5))
    expect(status.isSetUp && status.fpps?.bound).toContain('139 blocks')
  })

  it('shows an operator what the pool has found out about itself, and what nobody says', async () => {
    const nowMs = Date.now()
    expect(await api.call().pool.status()).toMatchObject({
      isSetUp: true,
      selfCheck: { known: false, why: 'not-reported' },
      canary: { known: false, why: 'not-reported' },
    })
    const check: LiveSelfCheck = {
      atMs: nowMs,
      jobId: '0000002a',
      height: 504,
      node: 'near',
      results: [
        { variant: 'pool', result: null },
        { variant: 'solo', result: 'bad-cb-amount' },
      ],
    }
    const canary: LiveCanary = { atMs: nowMs, ports: [{ port: 3333, problems: ['gives no job any more'] }] }
    await api.redis.commands.set(keys.selfCheck, JSON.stringify(check), 'PX', 5_000)
    await api.redis.commands.set(keys.canary, JSON.stringify(canary), 'PX', 5_000)
    const about = { eventLoopDelayP99Ms: 1.5, lateSharesCredited: 2, profileHits: { cgminer: 3 } }
    const report = { atMs: nowMs, connections: 3, workers: 2, ...about }
    await api.redis.commands.hset(keys.processes, { 's00-a': JSON.stringify(report) })
    const status = await api.call().pool.status()
    expect(status).toMatchObject({
      selfCheck: { known: true, value: check },
      canary: { known: true, value: canary },
    })
    expect(status.isSetUp && status.processes.known && status.processes.value).toContainEqual([
      's00-a',
      report,
    ])
  })

  it('tells a page what has changed, and forgets it when it leaves', async () => {
    const left = new AbortController()
    const changes = await watch(left.signal)
    expect(await changes.next()).toMatchObject({ value: { topics: [], feed: 'live' } })
    expect(api.live.pageCount).toBe(1)
    await api.redis.commands.publish(keys.events, JSON.stringify({ type: 'tip', atMs: 1, height: 9 }))
    await api.redis.commands.publish(keys.events, JSON.stringify({ type: 'block', atMs: 1, hash: '00' }))
    expect(await changes.next()).toMatchObject({ value: { topics: ['tip', 'block'], feed: 'live' } })
    await api.redis.commands.publish(keys.events, JSON.stringify({ type: 'payout', atMs: 1 }))
    expect(await changes.next()).toMatchObject({ value: { topics: ['payout'], feed: 'live' } })
    left.abort()
    await expect(changes.next()).rejects.toThrow()
    expect(api.live.pageCount).toBe(0)
  })

  it('falls back to what the database knows while Redis is away', async () => {
    const away = connectRedis('redis://127.0.0.1:1')
    const feed = new LiveFeed({ redis: away, nowMs: Date.now })
    try {
      const pool = await api.call({ live: feed }).pool.summary()
      expect(pool).toMatchObject({
        hashrates: { '1h': { measured: true } },
        node: { known: false, why: 'feed-away' },
      })
      const { workers } = await api.call({ live: feed }).miner.workers({ address: STEADY })
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
