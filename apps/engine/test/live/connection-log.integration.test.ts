import { MAX_CONNECTION_EVENTS } from '@headframe/core/live/connection-event'
import { testRedisPrefix, testServices } from '@headframe/local/testing/services'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConnectionLog, MAX_EVENTS_PER_PUBLISH, MAX_PENDING_EVENTS } from '../../src/live/connection-log.js'

const prefix = testRedisPrefix()
const KEYS = {
  connections: (address: string) => `${prefix}connections:${address}`,
  refusals: (peer: string) => `${prefix}refusals:${peer}`,
}

let redis: Redis
beforeAll(async () => {
  redis = new Redis(testServices().redisUrl)
  await redis.ping()
})
afterAll(() => redis.disconnect())

const openLog = () => new ConnectionLog({ writerId: 's00', keys: KEYS }, () => 5)
async function publish(log: ConnectionLog): Promise<void> {
  const pipeline = redis.pipeline()
  log.takeInto(pipeline)
  await pipeline.exec()
}
const read = async (key: string) =>
  (await redis.lrange(key, 0, -1)).map((text) => JSON.parse(text) as Record<string, unknown>)

describe('the log of connections', () => {
  it('tells each step once, the newest first, to whoever looks at the address', async () => {
    const log = openLog()
    const trace = log.open('192.0.2.7', 3333)
    trace.subscribed('bitaxe/BM1370/v2.4.1')
    trace.authorized('anna', 'rig1')
    for (let again = 0; again < 3; again++) {
      trace.job(64)
      trace.share(6)
      trace.reject('stale-share')
      trace.reject('duplicate-share')
    }
    trace.left('peer-closed')
    await publish(log)
    const events = await read(KEYS.connections('anna'))
    expect(events.map(({ what }) => what)).toEqual(['left', 'reject', 'reject', 'share', 'job', 'authorized'])
    expect(events.at(-1)).toEqual({
      ...{ connection: 's00-5-0', atMs: 5, connectedAtMs: 5, what: 'authorized', port: 3333 },
      ...{ userAgent: 'bitaxe/BM1370/v2.4.1', workerName: 'rig1' },
    })
    expect(await redis.pttl(KEYS.connections('anna'))).toBeGreaterThan(0)
    expect(await read(KEYS.refusals('192.0.2.7'))).toEqual([])
  })

  it('tells a peer, and nobody else, what was wrong with its user name, cut and not without end', async () => {
    const log = openLog()
    const trace = log.open('2001:db8:0:1:aaaa::1', 3334)
    for (let again = 0; again < 10; again++) trace.refused('x'.repeat(5_000), 'no address')
    trace.left('handshake-timeout')
    await publish(log)
    const events = await read(KEYS.refusals('2001:db8:0:1::/64'))
    expect(events.map(({ what }) => what)).toEqual(['left', 'refused', 'refused', 'refused'])
    expect(events[0]).toMatchObject({ hasSubscribed: false, reason: 'handshake-timeout', port: 3334 })
    expect((events[1]!['username'] as string).length).toBeLessThan(200)
  })

  it('says nothing of a peer that goes on in another process', () => {
    const log = openLog()
    log.open('192.0.2.8', 3333).left('moved-home')
    expect(log.pendingCount).toBe(0)
  })

  it('keeps so many events of an address, and so many while Redis is away', async () => {
    const log = openLog()
    for (let index = 0; index < MAX_PENDING_EVENTS + 500; index++)
      log.open('192.0.2.9', 1).authorized('farm', `${index}`)
    expect(log.pendingCount).toBe(MAX_PENDING_EVENTS)
    await publish(log)
    expect(log.pendingCount).toBe(MAX_PENDING_EVENTS - MAX_EVENTS_PER_PUBLISH)
    expect(await read(KEYS.connections('farm'))).toHaveLength(MAX_CONNECTION_EVENTS)
  })
})
