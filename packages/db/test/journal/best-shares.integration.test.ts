import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { displayHash } from '@headframe/core/chain/header'
import { difficultyOfTarget, targetOfBytes } from '@headframe/core/chain/target'
import type { JobRecord } from '@headframe/core/journal/segment'
import { shareHash } from '@headframe/core/journal/share-hash'
import { appendSegment } from '../../src/journal/append-segment.js'
import { Remembered } from '../../src/journal/remembered.js'
import type { Database } from '../../src/database.js'
import { pruneBestShares } from '../../src/prune/prune-best-shares.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { TestWriter, type SealedSegment, type TestShare } from '../support/test-writer.js'

const DAY_MS = 86_400_000
const MIDNIGHT_MS = Date.UTC(2026, 5, 2)

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

const share = fc.record<TestShare>({
  address: fc.constantFrom('addrA', 'addrB'),
  workerName: fc.constantFrom('', 'rig'),
  mode: fc.constantFrom('pplns', 'fpps'),
  atMs: fc.integer({ min: MIDNIGHT_MS - 100, max: MIDNIGHT_MS + 100 }),
  nbits: fc.constantFrom(0x1d00ffff, 0x17034219),
  nonce: fc.nat(1_000),
})
const segments = fc.array(fc.array(share, { maxLength: 8 }), { minLength: 1, maxLength: 5 })

/** Every share with its hash, by the other way of hashing one. */
function hashes({ segment }: SealedSegment) {
  const jobs = segment.records.filter((record): record is JobRecord => record.kind === 'job')
  return segment.records.flatMap((record) => {
    if (record.kind !== 'share') return []
    const hash = shareHash(jobs[record.jobRef]!, record)
    return [{ hash: displayHash(hash), difficulty: difficultyOfTarget(targetOfBytes(hash)) }]
  })
}

interface Best {
  readonly difficulty: number
  readonly hash: string
}

async function stored(db: Database): Promise<Map<string, Best>> {
  const rows = await db.prisma.bestShare.findMany()
  const workers = await db.prisma.worker.findMany({ include: { miner: true } })
  return new Map(
    rows.map(({ workerId, period, startsAt, difficulty, hash }) => {
      const { name, miner } = workers.find(({ id }) => id === workerId)!
      return [`${miner.address}.${name} ${period} ${startsAt.getTime()}`, { difficulty, hash }]
    }),
  )
}

describe('best shares', () => {
  it('are the lowest hashes of each worker, a day and ever, whatever the segments they came in', async () => {
    await fc.assert(
      // What the shipper knows, and what it knows when there are more workers than it can remember.
      fc.asyncProperty(segments, fc.constantFrom(1, 2, 100), async (plan, maxWorkers) => {
        await withCopy(template.name, async (db) => {
          const remembered = new Remembered(maxWorkers)
          const writer = new TestWriter()
          const expected = new Map<string, Best>()
          for (const shares of plan) {
            const sealed = writer.seal(shares)
            await appendSegment(db, sealed.segment, sealed.bytes, remembered)
            for (const [n, best] of hashes(sealed).entries()) {
              const { address, workerName, atMs = 0 } = shares[n]!
              for (const key of [`day ${atMs - (atMs % DAY_MS)}`, 'ever 0']) {
                const whole = `${address}.${workerName} ${key}`
                if ((expected.get(whole)?.difficulty ?? 0) < best.difficulty) expected.set(whole, best)
              }
            }
          }
          expect(await stored(db)).toEqual(expected)
        })
      }),
      { numRuns: 25 },
    )
  })

  it('are sent again when the database has forgotten them', async () => {
    const writer = new TestWriter()
    const [first, second] = [0, 1].map((nonce) =>
      writer.seal([{ address: 'addrA', atMs: MIDNIGHT_MS, nonce }]),
    )
    const remembered = new Remembered()
    await withCopy(template.name, async (db) => {
      for (const { segment, bytes } of [first!, second!]) await appendSegment(db, segment, bytes, remembered)
    })
    await withCopy(template.name, async (restored) => {
      const again = (sealed: SealedSegment) =>
        appendSegment(restored, sealed.segment, sealed.bytes, remembered)
      await expect(again(second!)).rejects.toThrow('does not fit')
      for (const sealed of [first!, second!]) expect(await again(sealed)).toBe('appended')
      expect((await stored(restored)).size).toBe(2)
    })
  })

  it('of the same hash are those that came first, and tell which block they would have been', async () => {
    await withCopy(template.name, async (db) => {
      const writer = new TestWriter()
      for (const atMs of [MIDNIGHT_MS + 5, MIDNIGHT_MS + 6]) {
        const { segment, bytes } = writer.seal([{ address: 'addrA', atMs }])
        await appendSegment(db, segment, bytes)
      }
      const best = await db.prisma.bestShare.findMany()
      expect(best).toHaveLength(2)
      for (const { height, nbits, acceptedAt } of best)
        expect([height, nbits, acceptedAt.getTime()]).toEqual([1, 0x1d00ffff, MIDNIGHT_MS + 5])
    })
  })

  it('of old days go, the best ever stay', async () => {
    await withCopy(template.name, async (db) => {
      const shares = [0, DAY_MS].map((after, nonce) => ({
        address: 'addrA',
        atMs: MIDNIGHT_MS + after,
        nonce,
      }))
      const { segment, bytes } = new TestWriter().seal(shares)
      await appendSegment(db, segment, bytes)
      expect(await pruneBestShares(db.pool, MIDNIGHT_MS + DAY_MS)).toBe(1)
      const left = await db.prisma.bestShare.findMany({ orderBy: { startsAt: 'asc' } })
      expect(left.map(({ period, startsAt }) => [period, startsAt.getTime()])).toEqual([
        ['ever', 0],
        ['day', MIDNIGHT_MS + DAY_MS],
      ])
    })
  })
})
