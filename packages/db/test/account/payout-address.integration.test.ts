import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listChanges } from '../../src/account/list-changes.js'
import {
  cancelPayoutAddress,
  readPayoutAddresses,
  requestPayoutAddress,
} from '../../src/account/payout-address.js'
import type { Database } from '../../src/database.js'
import { postCorrection } from '../../src/ledger/post-correction.js'
import { listDue } from '../../src/payout/list-due.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { START_MS } from '../support/test-writer.js'

const HOUR = 3_600_000
const DELAY_MS = 72 * HOUR
const OWN = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

const hashOf = (text: string): Uint8Array => createHash('sha256').update(text).digest()
const scriptFor = (name: string): Uint8Array => new TextEncoder().encode(name)

const request = (name: string, proof = name) => ({
  address: name,
  script: scriptFor(name),
  message: `pay ${name}`,
  signature: 'signed',
  proofHash: hashOf(proof),
})

/** A miner who is owed something. */
async function withMiner(use: (db: Database, minerId: number) => Promise<void>): Promise<void> {
  await withCopy(template.name, async (db) => use(db, await addMiner(db, OWN)))
}

async function addMiner(db: Database, address: string): Promise<number> {
  const { id } = await db.prisma.miner.create({ data: { address, firstSeenAt: new Date(START_MS) } })
  await postCorrection(
    db,
    {
      author: 'ann',
      reason: 'owed from before',
      postings: [
        { account: 'asset:wallet', amountSats: 60_000n },
        { account: `liability:miner:${address}:available`, amountSats: -60_000n },
      ],
    },
    { nowMs: START_MS, isDryRun: false },
  )
  return id
}

async function paidAt(db: Database, atMs: number, address = OWN): Promise<string | undefined> {
  const due = (await listDue(db.pool, atMs)).find((one) => one.address === address)
  return due?.script && new TextDecoder().decode(due.script)
}

const by = (atMs: number) => ({ author: 'session 1', atMs })

describe('another payout address', () => {
  it('is in force after its delay, and until then the old one is', async () => {
    await withMiner(async (db, id) => {
      expect(await requestPayoutAddress(db, id, request('one'), START_MS + DELAY_MS, by(START_MS))).toBe(true)
      expect(await paidAt(db, START_MS + DELAY_MS - 1)).toBeUndefined()
      expect(await paidAt(db, START_MS + DELAY_MS)).toBe('one')
      expect(await readPayoutAddresses(db.pool, id, START_MS)).toMatchObject({
        current: undefined,
        pending: { address: 'one', effectiveAtMs: START_MS + DELAY_MS },
      })
      expect(await listChanges(db.pool, id, undefined, 9)).toMatchObject([
        { what: 'payout-address', before: undefined, author: 'session 1', atMs: START_MS },
      ])
    })
  })

  it('is cancelled before it is in force, and not after', async () => {
    await withMiner(async (db, id) => {
      await requestPayoutAddress(db, id, request('one'), START_MS + DELAY_MS, by(START_MS))
      expect(await cancelPayoutAddress(db, id, by(START_MS + HOUR))).toBe(true)
      expect(await cancelPayoutAddress(db, id, by(START_MS + HOUR))).toBe(false)
      expect(await paidAt(db, START_MS + DELAY_MS)).toBeUndefined()
      await requestPayoutAddress(db, id, request('two'), START_MS + DELAY_MS, by(START_MS + HOUR))
      expect(await cancelPayoutAddress(db, id, by(START_MS + DELAY_MS))).toBe(false)
      expect(await paidAt(db, START_MS + DELAY_MS)).toBe('two')
      const changes = await listChanges(db.pool, id, undefined, 9)
      expect(changes.map(({ what }) => what)).toEqual([
        'payout-address',
        'payout-address-cancelled',
        'payout-address',
      ])
    })
  })

  it('is taken once for each proof', async () => {
    await withMiner(async (db, id) => {
      await requestPayoutAddress(db, id, request('one'), START_MS + DELAY_MS, by(START_MS))
      await cancelPayoutAddress(db, id, by(START_MS + 1))
      const again = requestPayoutAddress(db, id, request('one'), START_MS + DELAY_MS, by(START_MS + 2))
      expect(await again).toBe(false)
      expect(await paidAt(db, START_MS + DELAY_MS)).toBeUndefined()
    })
  })

  it('is what the database lets nobody change or take away', async () => {
    await withMiner(async (db, id) => {
      await requestPayoutAddress(db, id, request('one'), START_MS + DELAY_MS, by(START_MS))
      const refused = /is refused: it can only be cancelled/
      for (const sql of [
        `UPDATE payout_address SET address = 'evil'`,
        `UPDATE payout_address SET effective_at = requested_at`,
        `UPDATE payout_address SET script = '\\x00', cancelled_at = requested_at`,
        `UPDATE payout_address SET cancelled_at = effective_at`,
        `DELETE FROM payout_address`,
      ])
        await expect(db.pool.query(sql), sql).rejects.toThrow(refused)
      await expect(db.pool.query(`UPDATE account_change SET after = 'x'`)).rejects.toThrow(/written once/)
    })
  })
})

/** What a miner does, hour by hour. */
const step = fc.oneof(
  fc.record({ what: fc.constant('request' as const), delayHours: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ what: fc.constant('cancel' as const) }),
  fc.record({ what: fc.constant('wait' as const) }),
)

describe('at any time', () => {
  it('he is paid where he last wanted it to be in force by then, and nowhere else', async () => {
    // One database for all runs, and a miner for each.
    await withCopy(template.name, async (db) => {
      let runs = 0
      const run = async (steps: readonly { what: string; delayHours?: number }[]): Promise<void> => {
        const address = `addr${++runs}`
        const id = await addMiner(db, address)
        // By definition: each request counts from its hour on, unless it was cancelled or replaced before.
        const wanted: { name: string; fromMs: number; isGone: boolean }[] = []
        const dropPending = (nowMs: number): void => {
          for (const one of wanted) if (one.fromMs > nowMs) one.isGone = true
        }
        for (const [at, { what, delayHours = 0 }] of steps.entries()) {
          const nowMs = START_MS + at * HOUR
          if (what === 'request') {
            const fromMs = nowMs + delayHours * HOUR
            await requestPayoutAddress(db, id, request(`a${at}`, `${address} ${at}`), fromMs, by(nowMs))
            dropPending(nowMs)
            wanted.push({ name: `a${at}`, fromMs, isGone: false })
          } else if (what === 'cancel') {
            const isPending = wanted.some(({ fromMs, isGone }) => !isGone && fromMs > nowMs)
            expect(await cancelPayoutAddress(db, id, by(nowMs))).toBe(isPending)
            dropPending(nowMs)
          }
          const inForce = wanted.filter(({ fromMs, isGone }) => !isGone && fromMs <= nowMs)
          inForce.sort((a, b) => a.fromMs - b.fromMs)
          expect(await paidAt(db, nowMs, address)).toBe(inForce.at(-1)?.name)
        }
      }
      await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), run), { numRuns: 25 })
    })
  })
})
