import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { leasePrefix, NoPrefixLeft } from '../../src/extranonce1-lease/lease-prefix.js'
import { releasePrefixes } from '../../src/extranonce1-lease/release-prefixes.js'
import { renewPrefix } from '../../src/extranonce1-lease/renew-prefix.js'
import { openTestDatabase, type TestDatabase } from '../support/test-database.js'

const HOUR_MS = 3_600_000
const TERMS = { leaseMs: 72 * HOUR_MS, quarantineMs: HOUR_MS }
const PREFIX_COUNT = 4_096

const holder = (hostId: string, slot = 0, fence = `${hostId}-life`) => ({ hostId, slot, fence })

let test: TestDatabase

beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.drop())
beforeEach(() => forgetAll())

async function forgetAll(): Promise<void> {
  await test.db.pool.query(
    'UPDATE extranonce1_lease SET host_id = NULL, slot = NULL, fence = NULL, expires_at = NULL',
  )
}

const lease = (hostId: string, slot = 0, fence?: string): Promise<number> =>
  leasePrefix(test.db.pool, holder(hostId, slot, fence), TERMS)
const renew = (prefix: number, fence: string): Promise<boolean> =>
  renewPrefix(test.db.pool, { prefix, fence }, TERMS.leaseMs)

/** As if so much time had passed since every lease. */
async function pass(ms: number): Promise<void> {
  await test.db.pool.query(`UPDATE extranonce1_lease SET expires_at = expires_at - $1 * interval '1 ms'`, [
    ms,
  ])
}

/** Leaves only `count` prefixes that somebody may lease. */
async function leaveFree(count: number): Promise<void> {
  await test.db.pool.query(
    `UPDATE extranonce1_lease SET host_id = 'other', slot = prefix, fence = 'x', expires_at = now() + interval '9 days'
     WHERE prefix >= $1`,
    [count],
  )
}

describe('the lease of a prefix', () => {
  it('gives every stratum process of every host another one, also when they all ask at once', async () => {
    const asked = ['a', 'b', 'c'].flatMap((hostId) => [0, 1, 2, 3].map((slot) => lease(hostId, slot)))
    const prefixes = await Promise.all(asked)
    expect(new Set(prefixes).size).toBe(12)
    for (const prefix of prefixes) expect(prefix >= 0 && prefix < PREFIX_COUNT).toBe(true)
  })

  it('gives the same one again to the same process, after a restart, an end or a release', async () => {
    const prefix = await lease('a', 1, 'first')
    expect(await lease('a', 1, 'first')).toBe(prefix)
    expect(await lease('a', 1, 'second')).toBe(prefix)
    await pass(TERMS.leaseMs + 5 * HOUR_MS)
    expect(await lease('a', 1, 'third')).toBe(prefix)
    await releasePrefixes(test.db.pool, 'a', 0)
    expect(await lease('a', 1, 'fourth')).toBe(prefix)
  })

  it('is renewed for the life that leased last and for nobody before it', async () => {
    const prefix = await lease('a', 0, 'first')
    expect(await renew(prefix, 'first')).toBe(true)
    await lease('a', 0, 'second')
    expect(await renew(prefix, 'first')).toBe(false)
    expect(await renew(prefix, 'second')).toBe(true)
    await releasePrefixes(test.db.pool, 'a', 0)
    expect(await renew(prefix, 'second')).toBe(false)
  })

  it('holds for its time from the last renewal, and the prefix rests after that', async () => {
    await leaveFree(1)
    const prefix = await lease('a')
    await pass(TERMS.leaseMs - HOUR_MS)
    expect(await renew(prefix, 'a-life')).toBe(true)
    await pass(TERMS.leaseMs - 1_000)
    await expect(lease('b')).rejects.toThrow(NoPrefixLeft)
    await pass(HOUR_MS)
    await expect(lease('b')).rejects.toThrow(NoPrefixLeft)
    await pass(2_000)
    expect(await lease('b')).toBe(prefix)
    expect(await renew(prefix, 'a-life')).toBe(false)
  })

  it('that has ended is renewed as long as nobody else has the prefix', async () => {
    const prefix = await lease('a')
    await pass(TERMS.leaseMs + 9 * HOUR_MS)
    expect(await renew(prefix, 'a-life')).toBe(true)
    await leaveFree(0)
    await expect(lease('b')).rejects.toThrow(NoPrefixLeft)
  })

  it('given back rests as well, and is only given back from the slot on that was named', async () => {
    await leaveFree(2)
    const kept = await lease('a', 0)
    const back = await lease('a', 1)
    expect(await releasePrefixes(test.db.pool, 'a', 1)).toBe(1)
    expect(await releasePrefixes(test.db.pool, 'a', 1)).toBe(0)
    expect(await renew(kept, 'a-life')).toBe(true)
    await expect(lease('b')).rejects.toThrow(NoPrefixLeft)
    await pass(HOUR_MS + 1_000)
    expect(await lease('b')).toBe(back)
  })

  it('takes what has rested longest when nothing is new', async () => {
    await leaveFree(3)
    const [first, second] = [await lease('a'), await lease('b')]
    await pass(HOUR_MS)
    const third = await lease('c')
    await renew(first, 'a-life')
    await pass(TERMS.leaseMs + 2 * HOUR_MS)
    expect([await lease('d'), await lease('e'), await lease('f')]).toEqual([second, third, first])
  })
})

it('never lets two processes hold one prefix, nor one have it before it has rested', async () => {
  const STEP = fc.oneof(
    fc.record({ act: fc.constant('lease' as const), host: fc.nat(3), slot: fc.nat(1) }),
    fc.record({ act: fc.constant('renew' as const), host: fc.nat(3), slot: fc.nat(1) }),
    fc.record({ act: fc.constant('release' as const), host: fc.nat(3), slot: fc.nat(1) }),
    fc.record({ act: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 100 }) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { minLength: 5, maxLength: 30 }), async (steps) => {
      await forgetAll()
      await leaveFree(4)
      let nowMs = 0
      let life = 0
      const fenceOf = new Map<string, string>()
      const held = new Map<number, { who: string; untilMs: number }>()
      for (const step of steps) {
        if (step.act === 'pass') {
          nowMs += step.hours * HOUR_MS
          await pass(step.hours * HOUR_MS)
          continue
        }
        const who = `${step.host}/${step.slot}`
        const mine = [...held].find(([, lease]) => lease.who === who)
        if (step.act === 'lease') {
          fenceOf.set(who, `life ${life++}`)
          const prefix = await lease(String(step.host), step.slot, fenceOf.get(who)).catch(() => undefined)
          if (prefix === undefined) continue
          const before = held.get(prefix)
          if (before !== undefined && before.who !== who)
            expect(nowMs).toBeGreaterThanOrEqual(before.untilMs + TERMS.quarantineMs)
          if (mine !== undefined && mine[0] !== prefix) throw new Error('changed without need')
          held.set(prefix, { who, untilMs: nowMs + TERMS.leaseMs })
        } else if (step.act === 'renew' && mine !== undefined) {
          if (await renew(mine[0], fenceOf.get(who)!)) mine[1].untilMs = nowMs + TERMS.leaseMs
        } else if (step.act === 'release') {
          await releasePrefixes(test.db.pool, String(step.host), step.slot)
          for (const lease of held.values()) {
            const [host, slot] = lease.who.split('/').map(Number)
            if (host === step.host && slot! >= step.slot) lease.untilMs = Math.min(lease.untilMs, nowMs)
          }
        }
      }
    }),
    { numRuns: 25 },
  )
})
