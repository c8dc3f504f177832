import type { Job } from '@headframe/core/job/job'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { jobOn } from '../job-on.js'
import { until } from '../until.js'
import { LineClient } from './line-client.js'
import { defaultLimits, openPool, type OpenPool } from './open-pool.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'

let pool: OpenPool
let job: Job
beforeEach(async () => {
  pool = await openPool('0 difficulty=1000 min=1', { limits: { maxConnections: 3 } })
  job = jobOn(1)
  pool.sendJob(job)
})
afterEach(() => pool.close())

async function connect(): Promise<LineClient> {
  const client = await LineClient.connect(pool.port)
  await client.call(1, 'mining.subscribe', ['test/1'])
  await client.call(2, 'mining.authorize', [`${ADDRESS}.rig`])
  await client.push('mining.notify')
  return client
}

describe('what an operator tells miners', () => {
  test('reaches those who are connected once, and those who come, until it is over', async () => {
    const here = await connect()
    pool.server.announce('maintenance at ten')
    expect(await here.push('client.show_message')).toEqual(['maintenance at ten'])
    pool.server.announce('maintenance at ten')
    const comes = await connect()
    expect(await comes.push('client.show_message')).toEqual(['maintenance at ten'])
    pool.server.announce('all is done')
    // Had the first been said twice, this would be the second time.
    expect(await here.push('client.show_message')).toEqual(['all is done'])
    pool.server.announce(undefined)
    const late = await connect()
    late.send(3, 'mining.ping', [])
    expect((await late.next()).id).toBe(3)
  })
})

describe('limits that change', () => {
  test('hold for those who come, and let those stay who are there', async () => {
    const first = [await connect(), await connect(), await connect()]
    await until(() => pool.guard.connectionCount === 3)
    await expect(connect()).rejects.toThrow()
    pool.guard.follow({ ...defaultLimits(), maxConnections: 4 })
    first.push(await connect())
    await expect(connect()).rejects.toThrow()
    pool.guard.follow({ ...defaultLimits(), maxConnections: 1 })
    expect(pool.guard.connectionCount).toBe(4)
    for (const client of first) expect(await client.call(9, 'mining.ping', [])).toMatchObject({ id: 9 })
    await expect(connect()).rejects.toThrow()
  })

  test('of bans are those of bans that are made from then on', () => {
    pool.bans.follow(60_000)
    const ban = pool.bans.ban('203.0.113.1', 'test')
    expect(ban.untilMs - ban.sinceMs).toBe(60_000)
    pool.bans.follow(120_000)
    const next = pool.bans.ban('203.0.113.2', 'test')
    expect(next.untilMs - next.sinceMs).toBe(120_000)
    expect(pool.bans.active().map(({ address }) => address)).toEqual(['203.0.113.1', '203.0.113.2'])
  })
})

describe('the share rate that is aimed at', () => {
  test('is another at once for sessions that are open', async () => {
    // Without a share a session falls back the sooner, the more are wanted of it.
    const client = await connect()
    pool.server.aimAt(100)
    pool.clock.nowMs += 30_000
    const [lower] = (await client.push('mining.set_difficulty')) as [number]
    expect(lower).toBeLessThan(1_000)
  })
})
