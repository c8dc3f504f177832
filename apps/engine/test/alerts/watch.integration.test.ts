import { liveKeys } from '@headframe/core/live/live-feed'
import { setAlarm } from '@headframe/db/alarm/alarms'
import { openMinerOwner, OPERATORS_ID } from '@headframe/db/alert/owner'
import { recordChange } from '@headframe/db/account/record-change'
import { changeWorker } from '@headframe/db/account/worker-settings'
import { listWatchedWorkers } from '@headframe/db/alert/read-miner-facts'
import { saveChoice } from '@headframe/db/alert/rules'
import { recordCandidate } from '@headframe/db/block/record-candidate'
import { pausePayouts } from '@headframe/db/payout/control'
import { rollUpSegments } from '@headframe/db/rollup/roll-up-segments'
import { testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WatchMiners } from '../../src/alerts/watch-miners.js'
import { PoolObserver } from '../../src/status/pool-observer.js'
import { WatchPool } from '../../src/alerts/watch-pool.js'
import { candidateOf } from '../candidate-of.js'
import { ownDatabase } from '../own-database.js'
import { NBITS_1, TestJournal } from '../tasks/test-journal.js'

const own = ownDatabase()
const HOUR = 3_600_000
// Keys of a network that no other file publishes to would be better; these are removed at the end.
const keys = liveKeys('testnet3')

let redis: Redis
let offsetMs = 0
const nowMs = () => Date.now() + offsetMs

beforeAll(() => void (redis = new Redis(testServices().redisUrl)))
afterAll(async () => {
  await redis.del(keys.processes, keys.miner('addrAnna'), keys.node)
  redis.disconnect()
})

async function eventsOf(ownerId: number) {
  const { rows } = await own().db.pool.query<{ rule: string; what: string; facts: Record<string, unknown> }>(
    'SELECT rule, what, facts FROM alert_event WHERE owner_id = $1 ORDER BY id',
    [ownerId],
  )
  return rows
}

/** A channel that was verified, which leads nowhere: events are what is looked at. */
async function watched(ownerId: number): Promise<void> {
  await own().db.prisma.alertChannel.create({
    data: {
      ownerId,
      kind: 'ntfy',
      name: 'n',
      hint: 'h',
      target: new Uint8Array(1),
      createdAt: new Date(),
      verifiedAt: new Date(),
    },
  })
}

describe('WatchMiners', () => {
  it('tells a miner of his block, best share, settings and silent worker, each once, and of nobody else', async () => {
    const { db } = own()
    const journal = new TestJournal(db)
    await journal.ship(['addrAnna', 2], ['addrBert', 1])
    while ((await rollUpSegments(db)).isBehind);
    const anna = await db.prisma.miner.findUniqueOrThrow({
      where: { address: 'addrAnna' },
      include: { workers: true },
    })
    const bert = await db.prisma.miner.findUniqueOrThrow({ where: { address: 'addrBert' } })
    const mine = await openMinerOwner(db.pool, anna.id, nowMs() - HOUR)
    const his = await openMinerOwner(db.pool, bert.id, nowMs() - HOUR)
    const watch = new WatchMiners({ db, redis, keys, nowMs })
    await watch.look()
    expect(await eventsOf(mine.ownerId), 'without a channel nobody is looked at').toEqual([])
    await watched(mine.ownerId)
    await watched(his.ownerId)

    const { writerId, shareSeq: windowEndShareSeq } = journal
    const block = { hash: 'ab'.repeat(32), height: 7, foundAtMs: nowMs(), writerId, windowEndShareSeq }
    await recordCandidate(db, candidateOf(block))
    const finder = await db.prisma.block.findUniqueOrThrow({
      where: { hash: block.hash },
      include: { finder: true },
    })
    const owner = finder.finder.minerId === anna.id ? mine : his
    await recordChange(
      db.pool,
      anna.id,
      { what: 'payout-address', before: undefined, after: 'addrX' },
      { author: 'session 1', atMs: nowMs() },
    )
    const worker = anna.workers[0]!
    const silentSince = nowMs() - 30 * 60_000
    await db.prisma.worker.update({ where: { id: worker.id }, data: { lastShareAt: new Date(silentSince) } })
    await db.prisma.workerRollup.deleteMany({ where: { workerId: worker.id } })
    const rollup = {
      workerId: worker.id,
      resolution: 'hour',
      outcome: 'accepted',
      count: 720,
      work: 720,
      score: 0,
    } as const
    for (let hour = 1; hour <= 20; hour++)
      await db.prisma.workerRollup.create({
        data: { ...rollup, startsAt: new Date(Math.floor(silentSince / HOUR - hour) * HOUR) },
      })

    // The live feed has seen a share that the database has not got yet: nothing is down.
    const live = { atMs: nowMs(), connections: 1, difficulty: 1, lastShareAtMs: nowMs(), userAgent: '' }
    await redis.hset(keys.miner('addrAnna'), `s00/${worker.name}`, JSON.stringify(live))
    await watch.look()
    const rules = async () => (await eventsOf(mine.ownerId)).map(({ rule, what }) => `${rule} ${what}`)
    expect(await rules()).not.toContain('worker-down began')
    expect(await rules()).toContain('settings-changed payout-address')
    await redis.del(keys.miner('addrAnna'))
    await watch.look()
    await watch.look()
    expect((await rules()).filter((rule) => rule === 'worker-down began')).toHaveLength(1)
    expect((await eventsOf(owner.ownerId)).filter(({ rule }) => rule === 'own-block')).toMatchObject([
      { what: 'found', facts: { height: 7 } },
    ])
    expect((await eventsOf(his.ownerId)).map(({ rule }) => rule)).not.toContain('settings-changed')

    await db.prisma.worker.update({ where: { id: worker.id }, data: { lastShareAt: new Date(nowMs()) } })
    await db.prisma.block.update({ where: { hash: block.hash }, data: { status: 'stale' } })
    await watch.look()
    expect(
      (await rules()).at(-1) === 'worker-down ended' || (await rules()).includes('worker-down ended'),
    ).toBe(true)
    expect(
      (await eventsOf(owner.ownerId)).filter(({ rule }) => rule === 'own-block').map(({ what }) => what),
    ).toEqual(['found', 'stale'])
  })
})

describe('a best share', () => {
  it('is told once, when it beats all before, whichever worker has found it, to whoever asked for it', async () => {
    const { db } = own()
    await new TestJournal(db, 's01-test').ship(['addrCarl', 2], ['addrDora', 1])
    const ids = async (address: string) =>
      (await db.prisma.miner.findUniqueOrThrow({ where: { address } })).id
    const { ownerId } = await openMinerOwner(db.pool, await ids('addrCarl'), nowMs() - HOUR)
    const { ownerId: hers } = await openMinerOwner(db.pool, await ids('addrDora'), nowMs() - HOUR)
    for (const owner of [ownerId, hers]) await watched(owner)
    await saveChoice(db.pool, ownerId, 'best-share', { isOn: true, parameters: {} }, nowMs())
    const watch = new WatchMiners({ db, redis, keys, nowMs })
    const told = async () => {
      await watch.look()
      await watch.look()
      const events = await eventsOf(ownerId)
      return events.filter(({ rule }) => rule === 'best-share').map(({ facts }) => facts)
    }
    const first = await told()
    expect(first).toEqual([{ worker: 'rig', difficulty: expect.any(Number) as number }])
    expect((await eventsOf(hers)).filter(({ rule }) => rule === 'best-share')).toEqual([])

    const other = await db.prisma.worker.create({
      data: { minerId: await ids('addrCarl'), name: 'other', firstSeenAt: new Date(nowMs()) },
    })
    const best = Number(first[0]!['difficulty'])
    const find = (difficulty: number, hash: string) =>
      db.pool.query(
        `INSERT INTO best_share (worker_id, period, starts_at, difficulty, hash, height, nbits, accepted_at)
         VALUES ($1, 'ever', 'epoch', $2, $3, 1, $4, $5) ON CONFLICT (worker_id, period, starts_at)
         DO UPDATE SET difficulty = $2, hash = $3, accepted_at = $5`,
        [other.id, difficulty, hash.repeat(64), NBITS_1, new Date(nowMs())],
      )
    await find(best / 2, 'a')
    expect(await told()).toEqual(first)
    await find(best * 2, 'b')
    expect(await told()).toEqual([...first, { worker: 'other', difficulty: best * 2 }])
  })
})

describe('a hidden worker', () => {
  it('is not watched, and is again when it has come back', async () => {
    const { db } = own()
    await new TestJournal(db, 's02-test').ship(['addrEmma', 2])
    const { id: minerId } = await db.prisma.miner.findUniqueOrThrow({ where: { address: 'addrEmma' } })
    const names = async () => (await listWatchedWorkers(db.pool, minerId, nowMs())).map(({ name }) => name)
    expect(await names()).toEqual(['rig'])
    const hide = { label: undefined, notes: undefined, isHidden: true }
    await changeWorker(db, minerId, 'rig', hide, { author: 'session 1', atMs: nowMs() + 1 })
    expect(await names()).toEqual([])
    await db.prisma.worker.updateMany({ where: { minerId }, data: { lastShareAt: new Date(nowMs() + 2) } })
    expect(await names()).toEqual(['rig'])
  })
})

describe('WatchPool', () => {
  it('reads what tasks, payouts and the live feed say, and tells it once', async () => {
    const { db } = own()
    const pool = new WatchPool(
      { dataDir: '/', epochMs: HOUR },
      {
        db,
        observer: new PoolObserver(0, { db, redis, keys, nowMs }),
        sharesSeenAtMs: () => undefined,
        nowMs,
      },
    )
    await setAlarm(db.pool, 'task', 'prune', 'The task prune fails: out of order', nowMs())
    await pausePayouts(db, 'ada', 'a test', nowMs())
    const process = {
      atMs: nowMs(),
      connections: 40,
      workers: 40,
      eventLoopDelayP99Ms: 1,
      lateSharesCredited: 0,
      profileHits: {},
    }
    await redis.hset(keys.processes, 's00', JSON.stringify(process))
    await pool.look()
    offsetMs += 6 * 60_000
    await redis.hset(keys.processes, 's00', JSON.stringify({ ...process, atMs: nowMs(), connections: 20 }))
    await pool.look()
    await pool.look()
    const told = (await eventsOf(OPERATORS_ID)).map(
      ({ rule, what, facts }) => `${rule} ${what}: ${String(facts['message'])}`,
    )
    expect(told).toContain('alarm began: The task prune fails: out of order.')
    expect(told).toContain('payouts began: Payouts are paused by ada: a test.')
    expect(
      told.filter((line) => line.startsWith('pool-silent began: The primary does not report')),
    ).toHaveLength(1)
    expect(told.filter((line) => line.startsWith('alarm'))).toHaveLength(1)
    await setAlarm(db.pool, 'task', 'prune', undefined, nowMs())
    await pool.look()
    expect(
      (await eventsOf(OPERATORS_ID)).filter(({ rule, what }) => rule === 'alarm' && what === 'ended'),
    ).toHaveLength(1)
  })

  it('says that Redis is away, which nothing else could', async () => {
    const { db } = own()
    const away = new Redis('redis://127.0.0.1:1', { enableOfflineQueue: false, maxRetriesPerRequest: 0 })
    away.on('error', () => undefined)
    const pool = new WatchPool(
      { dataDir: '/', epochMs: HOUR },
      {
        db,
        observer: new PoolObserver(0, { db, redis: away, keys, nowMs }),
        sharesSeenAtMs: () => undefined,
        nowMs,
      },
    )
    await pool.look()
    offsetMs += 3 * 60_000
    await pool.look()
    const told = (await eventsOf(OPERATORS_ID)).map(({ facts }) => String(facts['message']))
    expect(told).toContain('Redis is away: live numbers, bans and queues wait for it.')
    away.disconnect()
  })
})
