import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeListing, changeViewKey } from '../../src/account/privacy.js'
import { readMinerSettings } from '../../src/account/change-miner.js'
import { listChanges } from '../../src/account/list-changes.js'
import { beginSession, endSessions, listSessions, readSession } from '../../src/account/session.js'
import { changeThreshold } from '../../src/account/threshold.js'
import { createTemplate, withCopy } from '../support/test-database.js'

const NOW_MS = Date.UTC(2026, 0, 2)
const TERMS = { idleMs: 1_000, maxAgeMs: 5_000, touchMs: 100, maxSessions: 3 }
const ANNA = 'addrA'

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

const hashOf = (text: string): Uint8Array => createHash('sha256').update(text).digest()
const opening = (name: string, address = ANNA) => ({
  address,
  tokenHash: hashOf(`token ${name}`),
  proofHash: hashOf(`proof ${name}`),
  userAgent: name,
})

describe('a session', () => {
  it('is opened once by each proof, also for an address that has never mined', async () => {
    await withCopy(template.name, async ({ pool }) => {
      const begun = await beginSession({ pool }, opening('one'), TERMS, NOW_MS)
      expect(begun).toMatchObject({ address: ANNA })
      const again = { ...opening('two'), proofHash: opening('one').proofHash }
      expect(await beginSession({ pool }, again, TERMS, NOW_MS)).toBeUndefined()
      expect(await readSession(pool, hashOf('token one'), TERMS, NOW_MS)).toEqual(begun)
      expect(await readSession(pool, hashOf('token two'), TERMS, NOW_MS)).toBeUndefined()
    })
  })

  it('goes on while it is used, and ends at its age', async () => {
    await withCopy(template.name, async ({ pool }) => {
      await beginSession({ pool }, opening('used'), TERMS, NOW_MS)
      await beginSession({ pool }, opening('idle'), TERMS, NOW_MS)
      const read = (name: string, afterMs: number) =>
        readSession(pool, hashOf(`token ${name}`), TERMS, NOW_MS + afterMs)
      for (let afterMs = 900; afterMs < 5_000; afterMs += 900)
        expect(await read('used', afterMs)).toBeDefined()
      expect(await read('idle', 1_000)).toBeUndefined()
      expect(await read('used', 5_000)).toBeUndefined()
    })
  })

  it('is ended by its miner alone, one or all, and pushes out the one used longest ago', async () => {
    await withCopy(template.name, async ({ pool }) => {
      const { minerId } = (await beginSession({ pool }, opening('a'), TERMS, NOW_MS))!
      const other = (await beginSession({ pool }, opening('other', 'addrB'), TERMS, NOW_MS))!
      for (const [at, name] of ['b', 'c', 'd'].entries())
        await beginSession({ pool }, opening(name), TERMS, NOW_MS + at + 1)
      const names = async () =>
        (await listSessions(pool, minerId, TERMS, NOW_MS + 10)).map(({ userAgent }) => userAgent)
      expect(await names()).toEqual(['d', 'c', 'b'])
      expect(await endSessions(pool, minerId, { sessionId: other.sessionId }, NOW_MS)).toBe(0)
      const [newest] = await listSessions(pool, minerId, TERMS, NOW_MS + 10)
      expect(await endSessions(pool, minerId, newest!, NOW_MS)).toBe(1)
      expect(await names()).toEqual(['c', 'b'])
      expect(await endSessions(pool, minerId, 'all', NOW_MS)).toBe(2)
      expect(await names()).toEqual([])
      expect(await readSession(pool, hashOf('token other'), TERMS, NOW_MS)).toBeDefined()
    })
  })
})

describe('a setting', () => {
  it('is recorded with what it was, and not when it stays', async () => {
    await withCopy(template.name, async (db) => {
      const { minerId } = (await beginSession(db, opening('a'), TERMS, NOW_MS))!
      const by = { author: 'session 1', atMs: NOW_MS }
      await changeThreshold(db, minerId, 70_000n, by)
      await changeThreshold(db, minerId, 70_000n, by)
      await changeThreshold(db, minerId, undefined, by)
      await changeListing(db, minerId, true, 'miner-1', by)
      await changeListing(db, minerId, false, 'miner-2', by)
      await changeViewKey(db, minerId, hashOf('key'), by)
      const changes = await listChanges(db.pool, minerId, undefined, 10)
      expect(changes.map(({ what, before, after }) => [what, before, after])).toEqual([
        ['view-key', undefined, 'another key'],
        ['privacy', 'unlisted', 'listed'],
        ['privacy', 'listed', 'unlisted'],
        ['payout-threshold', '70000', undefined],
        ['payout-threshold', undefined, '70000'],
      ])
      // The name that stands for him stays the first.
      expect(await readMinerSettings(db.pool, minerId)).toMatchObject({
        pseudonym: 'miner-1',
        hasViewKey: true,
      })
    })
  })
})
