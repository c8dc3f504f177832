import { testServices } from '@headframe/local/testing/services'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { BUDGETS } from '../../../src/server/limit/budgets'
import { meterOf } from '../../../src/server/limit/meter'
import { RateLimiter } from '../../../src/server/limit/rate-limiter'
import { connectRedis, type RedisConnections } from '../../../src/server/live/redis'
import { VISITOR, type Viewer } from '../../../src/server/viewer'

/** The middle of a window, so that none ends while a test runs. */
const NOW_MS = 1_800_000_030_000

let redis: RedisConnections
beforeAll(async () => {
  redis = connectRedis(testServices().redisUrl)
  await vi.waitUntil(() => redis.commands.status === 'ready')
})
afterAll(() => {
  redis.commands.disconnect()
  redis.subscriber.disconnect()
})

const limiter = (nowMs = NOW_MS, factor = 1) =>
  new RateLimiter({ redis: redis.commands, nowMs: () => nowMs, factor })
let callers = 0
const somebody = () => `caller-${process.pid}-${++callers}`

describe('a budget', () => {
  it('is shared by all processes, ends, and begins anew with the next minute', async () => {
    const caller = somebody()
    const [one, other] = [limiter(), limiter()]
    for (let call = 1; call <= BUDGETS.proof; call++)
      expect(await (call % 2 === 0 ? one : other).take(caller, 'proof')).toMatchObject({
        isAllowed: true,
        left: BUDGETS.proof - call,
      })
    expect(await one.take(caller, 'proof')).toMatchObject({ isAllowed: false, left: 0, resetSeconds: 30 })
    expect(await one.take(caller, 'read')).toMatchObject({ isAllowed: true })
    expect(await limiter(NOW_MS + 60_000).take(caller, 'proof')).toMatchObject({ isAllowed: true })
  })

  it('leaves nothing in Redis for longer than a window', async () => {
    const caller = somebody()
    await limiter().take(caller, 'read')
    const [key = ''] = await redis.commands.keys(`headframe:limit:read:${caller}:*`)
    expect(await redis.commands.pttl(key)).toBeGreaterThan(0)
  })

  it('is none where the operator wants none', async () => {
    expect(await limiter(NOW_MS, 0).take(somebody(), 'proof')).toBeUndefined()
  })
})

describe('while Redis is away', () => {
  it('each process counts for itself, and asks Redis again after a while', async () => {
    const lost = connectRedis('redis://127.0.0.1:1')
    let now = NOW_MS
    const alone = new RateLimiter({ redis: lost.commands, nowMs: () => now, factor: 1 })
    const caller = somebody()
    for (let call = 1; call <= BUDGETS.proof; call++)
      expect(await alone.take(caller, 'proof')).toMatchObject({ isAllowed: true, left: BUDGETS.proof - call })
    expect(await alone.take(caller, 'proof')).toMatchObject({ isAllowed: false })
    now += 60_000
    expect(await alone.take(caller, 'proof')).toMatchObject({ isAllowed: true })
    lost.commands.disconnect()
    lost.subscriber.disconnect()
  })
})

describe('the headers', () => {
  const take = async (count: number, viewer: Viewer, peer: string) => {
    const headers = new Headers()
    const meter = meterOf(limiter(), peer, headers)
    for (let call = 0; call < count; call++) await meter.take(viewer, 'proof')
    return headers
  }

  it('say the policy and what is left, and when to come back', async () => {
    const peer = somebody()
    const headers = await take(3, VISITOR, peer)
    expect(headers.get('ratelimit-policy')).toBe(`"proof";q=${BUDGETS.proof};w=60`)
    expect(headers.get('ratelimit')).toBe(`"proof";r=${BUDGETS.proof - 3};t=30`)
    expect(headers.has('retry-after')).toBe(false)
    const refused = new Headers()
    const meter = meterOf(limiter(), peer, refused)
    const all = Promise.all(Array.from({ length: BUDGETS.proof }, () => meter.take(VISITOR, 'proof')))
    await expect(all).rejects.toMatchObject({ reason: 'rate-limited' })
    await expect.poll(() => refused.get('retry-after')).toBe('30')
  })

  it('are of the token, whatever address it comes from', async () => {
    const viewer: Viewer = {
      kind: 'miner',
      minerId: 1,
      address: 'x',
      scopes: [],
      tokenId: process.pid * 1000 + 7,
    }
    await take(3, viewer, somebody())
    const headers = await take(1, viewer, somebody())
    expect(headers.get('ratelimit')).toBe(`"proof";r=${BUDGETS.proof - 4};t=30`)
  })
})
