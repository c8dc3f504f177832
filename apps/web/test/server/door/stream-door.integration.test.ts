import { liveKeys } from '@headframe/core/live/live-feed'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import type { RequestContext } from '../../../src/server/context'
import { refuse } from '../../../src/server/error/refuse'
import { meterOf } from '../../../src/server/limit/meter'
import { RateLimiter } from '../../../src/server/limit/rate-limiter'
import { LiveFeed } from '../../../src/server/live/live-feed'
import { streamDoor } from '../../../src/server/door/stream-door'
import { openTestApi, type TestApi } from '../../support/test-api'

const MAX_OF_CALLER = 3
const ELSEWHERE = 'testnet4'

let api: TestApi
let live: LiveFeed
let server: Server
let url: string
let contextOf: (answer: Headers) => RequestContext

beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

beforeEach(async () => {
  live = new LiveFeed({ redis: api.redis, nowMs: Date.now, maxOfCaller: MAX_OF_CALLER })
  // Other tests publish to the network of the story, by the same Redis.
  live.listen(ELSEWHERE)
  contextOf = () => api.context({ live })
  const door = streamDoor({ contextOf: (_request, answer) => Promise.resolve(contextOf(answer)) })
  server = createServer((incoming, outgoing) => {
    if (!door(incoming, outgoing)) outgoing.end('not here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

async function open(): Promise<{ response: Response; leave: () => void; read: () => Promise<string> }> {
  const leaving = new AbortController()
  const response = await fetch(`${url}/api/v1/live`, { signal: leaving.signal })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  return {
    response,
    leave: () => leaving.abort(),
    read: async () => (await reader.read()).value ?? '',
  }
}

describe('the door of the live stream', () => {
  it('tells a page how the feed stands and what changes, until it leaves', async () => {
    const { response, leave, read } = await open()
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
    let heard = await read()
    expect(heard).toMatch(
      /^retry: \d+\n\nid: \d+-\d+\nevent: change\ndata: \{"topics":\[\],"feed":"(live|away)"\}\n\n/,
    )
    await expect.poll(() => live.state).toBe('live')
    await api.redis.commands.publish(liveKeys(ELSEWHERE).events, '{"type":"block"}')
    while (!heard.includes('"block"')) heard += await read()
    expect(live.pageCount).toBe(1)
    leave()
    await expect.poll(() => live.pageCount).toBe(0)
  })

  it('refuses who has enough of them open, and says when to come back', async () => {
    const his = await Promise.all(Array.from({ length: MAX_OF_CALLER }, open))
    expect(his.map(({ response }) => response.status)).toEqual([200, 200, 200])
    const refused = await fetch(`${url}/api/v1/live`)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('60')
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
    expect(await refused.json()).toMatchObject({ code: 'too-many-streams' })
    // As a program of tRPC learns it, before any stream begins.
    await expect(api.call({ live }).live.changes()).rejects.toMatchObject({ reason: 'too-many-streams' })
    const other = { callerOf: () => 'another', take: () => Promise.resolve() }
    const events = await api.call({ live, meter: other }).live.changes()
    await events[Symbol.asyncIterator]().next()
    his[0]!.leave()
    await expect.poll(async () => (await open()).response.status).toBe(200)
  })

  it('counts the call like any other', async () => {
    const limiter = new RateLimiter({ redis: api.redis.commands, nowMs: Date.now, factor: 1 / 3_000 })
    const peer = `door-${process.pid}`
    contextOf = (answer) => api.context({ live, meter: meterOf(limiter, peer, answer) })
    const { response } = await open()
    expect(response.headers.get('ratelimit')).toMatch(/^"read";r=0;t=/)
    const refused = await fetch(`${url}/api/v1/live`)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ code: 'rate-limited' })
  })

  it('tells who may not look why', async () => {
    contextOf = () => {
      throw refuse('token-invalid')
    }
    const refused = await fetch(`${url}/api/v1/live`)
    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('leaves everything else to whoever stands behind it', async () => {
    for (const [path, method] of [
      ['/api/v1/live?token=hf_x', 'GET'],
      ['/api/v1/live/', 'GET'],
      ['/api/v1/live', 'POST'],
      ['/api/v1/pool', 'GET'],
    ] as const)
      expect(await (await fetch(url + path, { method })).text(), `${method} ${path}`).toBe('not here')
  })
})
