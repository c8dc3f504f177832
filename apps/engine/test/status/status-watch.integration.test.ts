import { liveKeys, type LiveNode } from '@headframe/core/live/live-feed'
import { recordLook } from '@headframe/db/status/record-look'
import { listIncidents, listWatches, readParts } from '@headframe/db/status/read-status'
import { openDatabase } from '@headframe/db/database'
import { testRedisPrefix, testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PoolObserver } from '../../src/status/pool-observer.js'
import { StatusWatch } from '../../src/status/status-watch.js'
import { ownDatabase } from '../own-database.js'

const log = pino({ level: 'silent' })
const MINUTE = 60_000
const START = 1_700_000_000_000
const own = ownDatabase()
const prefix = testRedisPrefix()
const KEYS = {
  ...liveKeys('regtest'),
  node: `${prefix}node`,
  selfCheck: `${prefix}self-check`,
  canary: `${prefix}canary`,
  processes: `${prefix}processes`,
}
const OPTIONS = { hasCanary: false, paysOnChain: false, epochMs: 10 * MINUTE }

let redis: Redis
let clock: { nowMs: number }
beforeAll(async () => {
  redis = new Redis(testServices().redisUrl)
  await redis.ping()
})
afterAll(() => redis.disconnect())
beforeEach(async () => {
  // Incidents are never deleted; the tests follow each other in time.
  const { rows } = await own().db.pool.query<{ at: Date | null }>(
    'SELECT max(looked_at) AS at FROM status_watch',
  )
  clock = { nowMs: (rows[0]?.at?.getTime() ?? START) + 60 * MINUTE }
  await redis.del(KEYS.node, KEYS.processes)
})

function openWatch(changes: { redis?: Redis; failing?: string[] } = {}) {
  const from = { db: own().db, redis: changes.redis ?? redis, nowMs: () => clock.nowMs }
  const modules = { ...from, observer: new PoolObserver(0, { ...from, keys: KEYS }), log }
  return new StatusWatch(OPTIONS, { ...modules, failingTasks: () => changes.failing ?? [] })
}

/** What serve would say now. */
async function report(state: LiveNode['state']): Promise<void> {
  const node = { name: 'near', state, message: state, sinceMs: 0, isChosen: true }
  const report: LiveNode = { ...node, atMs: clock.nowMs, jobAgeMs: 1_000, nodes: [node] }
  await redis.set(KEYS.node, JSON.stringify(report))
  await redis.hset(KEYS.processes, 's00', JSON.stringify({ atMs: clock.nowMs }))
}

const incidents = async (part: string) =>
  (await listIncidents(own().db.pool, 0, 1_000)).filter((each) => each.part === part)
const stateOf = async (part: string) =>
  (await readParts(own().db.pool)).find((each) => each.part === part)?.state

describe('the watch of the status page', () => {
  it('writes down how serve says that it stands, and an incident from its beginning to its end', async () => {
    const watch = openWatch()
    await report('ok')
    await watch.look()
    expect(await stateOf('nodes')).toBe('up')
    const beganAtMs = (clock.nowMs += 5_000)
    for (let look = 0; look < 8; look++, clock.nowMs += 5_000) {
      await report('away')
      await watch.look()
    }
    expect(await incidents('nodes')).toMatchObject([
      { kind: 'down', text: 'away', openedAtMs: beganAtMs, closedAtMs: undefined },
    ])
    await report('ok')
    await watch.look()
    expect(await incidents('nodes')).toMatchObject([
      { openedAtMs: beganAtMs, closedAtMs: clock.nowMs, ended: 'all is well again' },
    ])
  })

  it('opens nothing twice after a crash, nor when two look', async () => {
    const before = (await incidents('templates')).length
    for (let look = 0; look < 10; look++, clock.nowMs += 5_000) {
      // Nothing of a watch outlives it but what it wrote.
      await Promise.all([openWatch().look(), openWatch().look()])
    }
    expect(await incidents('templates')).toHaveLength(before + 1)
    await report('ok')
    await openWatch().look()
  })

  it('does not know what happened while it was not there', async () => {
    await report('ok')
    await openWatch().look()
    clock.nowMs += 10 * MINUTE
    await report('ok')
    await openWatch().look()
    const [last, before] = await listWatches(own().db.pool, 0, 10)
    expect(last!.fromMs - before!.untilMs).toBe(10 * MINUTE)
    expect((await readParts(own().db.pool)).find(({ part }) => part === 'nodes')?.sinceMs).toBe(clock.nowMs)
  })

  it('tells of a database that was away when it is back, and that it has looked meanwhile', async () => {
    await report('ok')
    await openWatch().look()
    const { url } = own()
    const broken = openDatabase({ url: 'postgresql://127.0.0.1:1/none' })
    const from = { db: broken, redis, keys: KEYS, nowMs: () => clock.nowMs }
    const observer = new PoolObserver(0, from)
    const modules = { db: broken, observer, log, nowMs: from.nowMs, failingTasks: () => [] }
    const watch = new StatusWatch(OPTIONS, modules)
    const wentAtMs = clock.nowMs + 5_000
    for (let look = 0; look < 20; look++) {
      clock.nowMs += 5_000
      await report('ok')
      await watch.look()
    }
    clock.nowMs += 5_000
    await report('ok')
    const back = openDatabase({ url })
    Object.assign(modules, { db: back })
    Object.assign(from, { db: back })
    await watch.look()
    expect(await incidents('database')).toMatchObject([
      { kind: 'down', openedAtMs: wentAtMs, closedAtMs: clock.nowMs, ended: 'all is well again' },
    ])
    const [last] = await listWatches(own().db.pool, 0, 1)
    expect(last!.fromMs).toBeLessThan(wentAtMs)
    await Promise.all([broken.close(), back.close()])
  })

  it('says that nobody can tell when Redis is away', async () => {
    const away = new Redis({
      port: 1,
      lazyConnect: true,
      enableOfflineQueue: false,
      retryStrategy: () => null,
    })
    away.on('error', () => undefined)
    await openWatch({ redis: away, failing: ['prune'] }).look()
    expect(await stateOf('nodes')).toBe('unknown')
    expect(await stateOf('live-feed')).toBe('down')
    away.disconnect()
  })
})

describe('an incident that is written', () => {
  it('can be closed once, and neither changed nor deleted', async () => {
    const { pool } = own().db
    const finding = { part: 'canary', state: 'down', text: 'old' } as const
    for (const atMs of [clock.nowMs, clock.nowMs + 40_000])
      await recordLook(own().db, { atMs, sinceMs: clock.nowMs, findings: [finding] })
    await expect(pool.query(`UPDATE incident SET text = 'other' WHERE part = 'canary'`)).rejects.toThrow(
      'once',
    )
    await expect(pool.query('DELETE FROM incident')).rejects.toThrow('written once')
    await expect(
      pool.query(`INSERT INTO incident (part, kind, text, opened_at) VALUES ('canary', 'down', '', now())`),
    ).rejects.toThrow('incident_open_part')
    await recordLook(own().db, { atMs: clock.nowMs + 50_000, sinceMs: clock.nowMs, findings: [] })
    await expect(pool.query(`UPDATE incident SET ended = 'never' WHERE part = 'canary'`)).rejects.toThrow(
      'once',
    )
  })
})
