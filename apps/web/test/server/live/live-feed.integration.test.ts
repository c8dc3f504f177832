import { liveKeys } from '@headframe/core/live/live-feed'
import { startRedis, type Redis } from '@headframe/local/redis'
import { testServices } from '@headframe/local/testing/services'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LiveFeed } from '../../../src/server/live/live-feed'
import { connectRedis } from '../../../src/server/live/redis'

const EVENTS = liveKeys('regtest').events

let directory: string
let server: Redis
let feed: LiveFeed

function start(port?: number): Promise<Redis> {
  const { packagesDirectory } = testServices()
  return startRedis({ directory, packagesDirectory, ...(port === undefined ? {} : { port }) })
}

function isLive(): Promise<void> {
  return expect.poll(() => feed.state, { timeout: 15_000 }).toBe('live')
}

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'headframe-web-'))
  server = await start()
  feed = new LiveFeed({ redis: connectRedis(server.url), nowMs: () => 4711 })
})
afterEach(async () => {
  feed.close()
  await server.stop()
  rmSync(directory, { recursive: true, force: true })
})

describe('LiveFeed', () => {
  it('is away until it knows what to listen to', async () => {
    await expect.poll(() => feed.commands.status).toBe('ready')
    expect(feed.state).toBe('away')
    feed.listen('regtest')
    await isLive()
    expect(feed.sharesSeenAtMs).toBeUndefined()
    await feed.commands.publish(EVENTS, '{"type":"shares","atMs":1,"count":2}')
    await expect.poll(() => feed.sharesSeenAtMs).toBe(4711)
  })

  it('subscribes again when Redis was too slow the first time', async () => {
    await expect.poll(() => feed.commands.status).toBe('ready')
    await feed.commands.call('CLIENT', 'PAUSE', '1500')
    feed.listen('regtest')
    await isLive()
  })

  it('tells its pages when Redis goes and when it is back', async () => {
    feed.listen('regtest')
    await isLive()
    const news = feed.open(undefined, 'somebody')
    if (typeof news === 'string') throw new Error(news)
    expect((await news.next()).value).toEqual({ topics: [], feed: 'live' })
    await server.stop()
    expect((await news.next()).value).toEqual({ topics: [], feed: 'away' })
    server = await start(server.port)
    expect((await news.next()).value).toEqual({ topics: [], feed: 'live' })
  })
})
