import { MAX_ATTEMPTS } from '@headframe/core/alert/retry'
import { claimDelivery, LEASE_MS, listDueDeliveries } from '@headframe/db/alert/claim-delivery'
import { removeChannel } from '@headframe/db/alert/channels'
import { listDeliveries, replayDelivery } from '@headframe/db/alert/deliveries'
import { recordEvents } from '@headframe/db/alert/events'
import { finishDelivery } from '@headframe/db/alert/finish-delivery'
import { openMinerOwner, OPERATORS_ID } from '@headframe/db/alert/owner'
import { planDeliveries } from '@headframe/db/alert/plan-deliveries'
import { requestMessage } from '@headframe/db/alert/request-message'
import { MAX_CODE_ATTEMPTS, verifyChannel } from '@headframe/db/alert/verify-channel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_CODES_A_DAY } from '../../src/alerts/sender.js'
import { ownDatabase } from '../own-database.js'
import { until } from '../until.js'
import { openHttpPeer, type HttpPeer } from './http-peer.js'
import { workerDown } from './parcel.js'
import { PostOffice } from './post-office.js'

const own = ownDatabase()
const SECRET = '0a'.repeat(32)

let office: PostOffice
let peers: HttpPeer[]

beforeEach(() => {
  office = new PostOffice(own().db)
  peers = []
})
afterEach(async () => {
  await Promise.all(peers.map((peer) => peer.close()))
  await office.close()
  await own().db.pool.query(
    'TRUNCATE alert_delivery_event, alert_delivery, alert_event, alert_channel CASCADE',
  )
})

async function open(): Promise<HttpPeer> {
  const peer = await openHttpPeer()
  peers.push(peer)
  return peer
}
const webhook = ({ url }: HttpPeer) => ({ kind: 'webhook', url, secret: SECRET }) as const
const log = () => listDeliveries(own().db.pool, OPERATORS_ID, undefined, 50)

async function failuresOf(channelId: bigint): Promise<number> {
  return (await own().db.prisma.alertChannel.findUniqueOrThrow({ where: { id: channelId } })).failures
}

async function newOwner(): Promise<number> {
  const { id } = await own().db.prisma.miner.create({
    data: { address: `miner${Math.random()}`, firstSeenAt: new Date() },
  })
  return (await openMinerOwner(own().db.pool, id, office.nowMs())).ownerId
}

describe('a channel that is added', () => {
  const request = (id: bigint, rule: 'test' | 'verify', key: string) =>
    requestMessage(own().db, OPERATORS_ID, id, rule, key, office.nowMs())
  const verify = (id: bigint, code: string) => verifyChannel(own().db, OPERATORS_ID, id, code, office.nowMs())
  const codeIn = ({ received }: HttpPeer) => /code is (\d{8})/.exec(received.at(-1)!.body)![1]!

  it('gets nothing but a code, until the code was entered', async () => {
    const peer = await open()
    const id = await office.add(webhook(peer), OPERATORS_ID, false)
    office.post.start()
    await office.happen('before')
    expect(await request(id, 'test', 'a')).toBe('not-verified')
    expect(await request(id, 'verify', 'a')).toBe('requested')
    await until(async () => (await log()).some(({ state }) => state === 'sent'))
    expect(peer.received).toHaveLength(1)
    const code = codeIn(peer)
    expect(await verify(id, '00000000')).toBe('wrong')
    expect(await verify(id, code)).toBe('verified')
    expect(await verify(id, code)).toBe('none')
    expect(await request(id, 'test', 'b')).toBe('requested')
    await until(() => peer.received.length === 2)
    expect(peer.received[1]!.body).toContain('This channel works')
    const kept = await own().db.pool.query('SELECT * FROM alert_event')
    expect(JSON.stringify(kept.rows)).not.toContain(code)
  })

  it('takes no code after too many guesses, nor one that is old', async () => {
    const peer = await open()
    const id = await office.add(webhook(peer), OPERATORS_ID, false)
    office.post.start()
    await request(id, 'verify', 'a')
    await until(async () => (await log()).some(({ state }) => state === 'sent'))
    const code = codeIn(peer)
    for (let n = 0; n < MAX_CODE_ATTEMPTS; n++) await verify(id, '00000000')
    expect(await verify(id, code)).toBe('too-often')
    await request(id, 'verify', 'b')
    await until(() => peer.received.length === 2)
    await until(async () => (await log()).every(({ state }) => state === 'sent'))
    const second = codeIn(peer)
    office.pass(31 * 60_000)
    expect(await verify(id, second)).toBe('expired')
  })

  it('gets few codes a day, however many ask for them', async () => {
    const peer = await open()
    office.post.start()
    for (let n = 0; n <= MAX_CODES_A_DAY; n++) {
      const ownerId = await newOwner()
      const id = await office.add(webhook(peer), ownerId, false)
      await requestMessage(own().db, ownerId, id, 'verify', 'a', office.nowMs())
      await until(async () => (await listDeliveries(own().db.pool, ownerId, undefined, 1))[0]?.attempts === 1)
      await until(
        async () => (await listDeliveries(own().db.pool, ownerId, undefined, 1))[0]?.state !== 'waiting',
      )
    }
    expect(peer.received).toHaveLength(MAX_CODES_A_DAY)
  })

  it('gets nothing more once it was removed, and its target is forgotten', async () => {
    const peer = await open()
    const id = await office.add(webhook(peer))
    await office.happen('a')
    await planDeliveries(own().db, OPERATORS_ID, office.nowMs())
    expect(await removeChannel(own().db, OPERATORS_ID, id, office.nowMs())).toBe(true)
    expect(await listDueDeliveries(own().db.pool, office.nowMs(), 10)).toEqual([])
    expect((await log())[0]).toMatchObject({ state: 'dead', answer: 'the channel was removed' })
    const { rows } = await own().db.pool.query<{ target: Buffer }>('SELECT target FROM alert_channel')
    expect(rows[0]!.target).toHaveLength(0)
  })
})

describe('an event', () => {
  it('is told once, however often it is seen and whoever looks', async () => {
    const peer = await open()
    await office.add(webhook(peer))
    const second = new PostOffice(own().db)
    office.post.start()
    second.post.start()
    for (let n = 0; n < 3; n++) await office.happen('a')
    await office.happen('b')
    await until(
      async () =>
        (await log()).reduce((sum, { events, state }) => sum + (state === 'sent' ? events.length : 0), 0) ===
        2,
    )
    const told = peer.received.flatMap(
      ({ body }) => (JSON.parse(body) as { data: { events: { key: string }[] } }).data.events,
    )
    expect(told.map(({ key }) => key).sort()).toEqual(['worker-down:began:a', 'worker-down:began:b'])
    await second.close()
  })

  it('is told together with those of the same minute, and with all of them in one message', async () => {
    const peer = await open()
    await office.add(webhook(peer))
    const events = ['a', 'b', 'c'].map((name) => ({ ...workerDown(name), atMs: office.nowMs() }))
    await recordEvents(own().db.pool, OPERATORS_ID, events)
    await office.post.look()
    expect(await log()).toEqual([])
    office.pass(61_000)
    office.post.start()
    await until(() => peer.received.length === 1)
    expect(JSON.parse(peer.received[0]!.body)).toMatchObject({
      data: { count: 3, title: 'Headframe: Worker down (3)' },
    })
  })

  it('that was sent when its process died is sent again under the same id, and stands in the log once', async () => {
    const peer = await open()
    await office.add(webhook(peer))
    await office.happen('a')
    await planDeliveries(own().db, OPERATORS_ID, office.nowMs())
    const [due] = await listDueDeliveries(own().db.pool, office.nowMs(), 10)
    // The process that claimed it is never heard of again.
    expect(await claimDelivery(own().db, due!.id, office.nowMs())).toMatchObject({ attempts: 1 })
    await office.post.look()
    expect(await listDueDeliveries(own().db.pool, office.nowMs(), 10)).toEqual([])
    office.pass(LEASE_MS)
    office.post.start()
    await until(async () => (await log())[0]?.state === 'sent')
    expect(peer.received.map(({ headers }) => headers['webhook-id'])).toEqual([`msg_${due!.id}`])
    expect(await log()).toMatchObject([{ attempts: 2, events: [{ key: 'worker-down:began:a' }] }])
  })

  it('goes by its newest try: one whose lease has ended says no more than that it was sent after all', async () => {
    const { db } = own()
    await office.add(webhook(await open()))
    await office.happen('a')
    await planDeliveries(db, OPERATORS_ID, office.nowMs())
    const [due] = await listDueDeliveries(db.pool, office.nowMs(), 10)
    const slow = (await claimDelivery(db, due!.id, office.nowMs()))!
    office.pass(LEASE_MS)
    expect(await claimDelivery(db, due!.id, office.nowMs())).toMatchObject({ attempts: 2 })
    const before = await log()
    const late = { kind: 'later', answer: 'too late', afterMs: undefined } as const
    expect(await finishDelivery(db, slow, late, office.nowMs())).toBe('overtaken')
    expect(await log()).toEqual(before)
    expect(await finishDelivery(db, slow, { kind: 'sent', answer: 'ok' }, office.nowMs())).toBe('sent')
    expect(await log()).toMatchObject([{ state: 'sent', answer: 'ok' }])
  })

  it('survives a Redis that forgets everything', async () => {
    const peer = await open()
    await office.add(webhook(peer))
    await office.happen('a')
    await office.post.look()
    await office.connection.flushdb()
    office.post.start()
    await until(async () => (await log())[0]?.state === 'sent')
    expect(peer.received).toHaveLength(1)
  })

  it('gets out when there is no Redis at all', async () => {
    const alone = new PostOffice(own().db, { redisUrl: 'redis://127.0.0.1:1' })
    const peer = await open()
    await alone.add(webhook(peer))
    await alone.happen('a')
    await alone.post.look()
    expect(peer.received).toEqual([])
    alone.pass(31_000)
    await alone.post.look()
    expect(peer.received).toHaveLength(1)
    await alone.close()
  })
})

describe('a channel in trouble', () => {
  it('that hangs keeps nobody waiting, neither of another kind nor of its own', async () => {
    const [hanging, other, ntfy] = [await open(), await open(), await open()]
    hanging.answer({ hangs: true })
    // As many that hang as there are tries at once, and more.
    for (let n = 0; n < 10; n++) {
      const id = await office.add(webhook(hanging), await newOwner())
      await own().db.pool.query('UPDATE alert_channel SET failures = 1 WHERE id = $1', [id])
    }
    const { rows } = await own().db.pool.query<{ owner_id: number }>('SELECT owner_id FROM alert_channel')
    for (const { owner_id } of rows) await office.happen('a', owner_id)
    office.post.start()
    await until(() => hanging.received.length >= 8)
    const mine = await newOwner()
    await office.add(webhook(other), mine)
    await office.add({ kind: 'ntfy', topic: 'rigs', server: ntfy.url }, mine)
    await office.happen('b', mine)
    await until(() => other.received.length === 1 && ntfy.received.length === 1)
    // Nobody who hangs has been answered or given up meanwhile.
    const { rows: left } = await own().db.pool.query<{ answer: string | null }>(
      `SELECT answer FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id WHERE c.failures = 1`,
    )
    expect(left.map(({ answer }) => answer)).toEqual(Array(10).fill(null))
  })

  it('is tried again, later each time, until it is told to the other channels of its owner', async () => {
    const [broken, well] = [await open(), await open()]
    broken.answer({ status: 500, body: 'out of order' })
    const id = await office.add(webhook(broken))
    await office.happen('a')
    office.post.start()
    await until(async () => (await failuresOf(id)) === 1)
    expect((await log())[0]).toMatchObject({ state: 'waiting', attempts: 1, answer: '500: out of order' })
    await office.add(webhook(well))
    for (let attempt = 2; attempt <= MAX_ATTEMPTS; attempt++) {
      office.pass(3_700_000)
      await until(async () => (await failuresOf(id)) === attempt)
    }
    await until(async () => (await log()).some(({ state }) => state === 'dead'))
    office.pass(61_000)
    await until(() => well.received.length === 1)
    expect(well.received[0]!.body).toContain('could not be delivered')
    expect(well.received[0]!.body).toContain('out of order')
    expect(broken.received).toHaveLength(MAX_ATTEMPTS)

    const dead = (await log()).find(({ state }) => state === 'dead')!
    broken.answer({ status: 200 })
    expect(await replayDelivery(own().db.pool, OPERATORS_ID, dead.id, office.nowMs())).toBe(true)
    await until(async () => (await log()).every(({ state }) => state === 'sent'))
    expect(broken.received.at(-1)!.headers['webhook-id']).toBe(`msg_${dead.id}`)
    expect(await replayDelivery(own().db.pool, await newOwner(), dead.id, office.nowMs())).toBe(false)
  })

  it('rests as long as it asks for', async () => {
    const peer = await open()
    peer.answer({ status: 429, headers: { 'retry-after': '3000' } }, { status: 200 })
    await office.add(webhook(peer))
    await office.happen('a')
    office.post.start()
    await until(async () => (await log())[0]?.attempts === 1 && (await log())[0]?.answer !== undefined)
    const { nextTryAtMs } = (await log())[0]!
    expect(nextTryAtMs! - office.nowMs()).toBeGreaterThan(2_900_000)
    await office.happen('b')
    await office.post.look()
    expect(peer.received).toHaveLength(1)
    office.pass(3_000_000)
    await until(() => peer.received.length === 3)
  })

  it('whose box was sealed for another owner is not opened', async () => {
    const peer = await open()
    const mine = await newOwner()
    const id = await office.add(webhook(peer))
    await own().db.pool.query('UPDATE alert_channel SET owner_id = $2 WHERE id = $1', [id, mine])
    await office.happen('a', mine)
    office.post.start()
    await until(async () => (await listDeliveries(own().db.pool, mine, undefined, 1))[0]?.state === 'dead')
    expect(peer.received).toEqual([])
  })
})
