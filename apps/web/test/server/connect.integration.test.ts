import type { ConnectionEvent, RefusalEvent } from '@headframe/core/live/connection-event'
import { liveKeys } from '@headframe/core/live/live-feed'
import { changeListing } from '@headframe/db/account/privacy'
import { findMiner } from '@headframe/db/miner/find-miner'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectRedis } from '../../src/server/live/redis'
import { LiveFeed } from '../../src/server/live/live-feed'
import { storyAddress } from '../support/pool-story'
import { NETWORK, NEWCOMER, openTestApi, type TestApi } from '../support/test-api'

const KEYS = liveKeys(NETWORK)
/** Redis is everybody's: no other test looks at this one. */
const CONNECTING = storyAddress(77, NETWORK)
const [MINE, OTHERS] = ['192.0.2.77', '192.0.2.78']

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(async () => {
  await api.redis.commands.del(KEYS.connections(CONNECTING), KEYS.refusals(MINE), KEYS.refusals(OTHERS))
  await api.redis.commands.hdel(KEYS.bans, MINE)
  await api.close()
})

/** As the engine tells it. */
async function tell(key: string, ...events: (ConnectionEvent | RefusalEvent)[]): Promise<void> {
  for (const event of events) await api.redis.commands.lpush(key, JSON.stringify(event))
}
const opened = { connection: 'c', port: 3333, connectedAtMs: 1, userAgent: 'bitaxe' }

describe('who connects a miner', () => {
  it('sees by his address how far it came, before it has a share', async () => {
    expect(await api.call().miner.connections({ address: CONNECTING })).toMatchObject({
      attempts: { known: true, value: [] },
    })
    await tell(
      KEYS.connections(CONNECTING),
      { ...opened, atMs: 2, what: 'authorized', workerName: 'rig1' },
      { connection: 'c', atMs: 3, what: 'job', difficulty: 64 },
    )
    await api.redis.commands.lpush(KEYS.connections(CONNECTING), '{')
    expect(await api.call().miner.connections({ address: CONNECTING })).toMatchObject({
      attempts: {
        known: true,
        value: [{ userAgent: 'bitaxe', workerName: 'rig1', difficulty: 64, shareAtMs: undefined }],
      },
    })
  })

  it('is seen by nobody else when he is not listed', async () => {
    await tell(KEYS.connections(NEWCOMER), { ...opened, atMs: 2, what: 'authorized', workerName: 'secret' })
    const ask = async () => JSON.stringify(await api.call().miner.connections({ address: NEWCOMER }))
    expect(await ask()).toContain('secret')
    const { minerId } = (await findMiner(api.database.pool, NEWCOMER))!
    const by = { author: 'session 0', atMs: Date.now() }
    await changeListing(api.database, minerId, true, 'miner-77', by)
    expect(await ask()).not.toContain('secret')
    await api.redis.commands.del(KEYS.connections(NEWCOMER))
  })

  it('is told that an address is none', async () => {
    await expect(api.call().miner.connections({ address: 'bc1nonsense' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it("sees what was refused to his own network, and never another's", async () => {
    const refused = {
      ...opened,
      atMs: 5,
      what: 'refused',
      username: 'bc1qtypo',
      text: 'wrong checksum',
    } as const
    await tell(KEYS.refusals(MINE), refused)
    await tell(KEYS.refusals(OTHERS), { ...refused, username: 'bc1qsecret' })
    const mine = await api.call({ peer: MINE }).pool.refusals()
    expect(mine).toMatchObject({ peer: MINE, refusals: { known: true, value: [refused] } })
    expect(JSON.stringify(mine)).not.toContain('bc1qsecret')
    expect(await api.call({ peer: undefined }).pool.refusals()).toMatchObject({
      peer: undefined,
      refusals: { known: false },
    })
  })

  it('is told when the pool lets nobody in from there, while it does not', async () => {
    const ban = { address: MINE, reason: 'hardly any share was right', offences: 1, by: 's00', sinceMs: 0 }
    const untilMs = Date.now() + 60_000
    await api.redis.commands.hset(KEYS.bans, MINE, JSON.stringify({ ...ban, untilMs }))
    expect((await api.call({ peer: MINE }).pool.refusals()).ban).toEqual({ reason: ban.reason, untilMs })
    const later = { peer: MINE, nowMs: () => untilMs + 1 }
    expect((await api.call(later).pool.refusals()).ban).toBeUndefined()
  })

  it('is told that nobody can tell, while Redis is away', async () => {
    const redis = connectRedis('redis://127.0.0.1:1')
    const live = new LiveFeed({ redis, nowMs: Date.now })
    const { attempts } = await api.call({ live }).miner.connections({ address: CONNECTING })
    expect(attempts).toEqual({ known: false, why: 'feed-away' })
    live.close()
  })
})
