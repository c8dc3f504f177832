import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workOfDifficulty } from '@headframe/core/chain/target'
import type { Database } from '../../src/database.js'
import { appendSegment } from '../../src/journal/append-segment.js'
import { chartPoolWork } from '../../src/pool/chart-pool-work.js'
import { countActive } from '../../src/pool/count-active.js'
import { listActiveMiners } from '../../src/pool/list-active-miners.js'
import { readChainTip } from '../../src/pool/read-chain-tip.js'
import { readPool } from '../../src/pool/read-pool.js'
import { readRecordEnd } from '../../src/pool/read-record-end.js'
import { readRound } from '../../src/pool/read-round.js'
import { saveChainTip } from '../../src/pool/save-chain-tip.js'
import { savePool } from '../../src/pool/save-pool.js'
import { sumPoolWork } from '../../src/pool/sum-pool-work.js'
import { rollUpSegments } from '../../src/rollup/roll-up-segments.js'
import { findBlock, hashOf } from '../support/found-block.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { TestWriter, type TestShare } from '../support/test-writer.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A whole hour, so that spans can be written down. */
const NOON_MS = Date.UTC(2026, 0, 2, 12)

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

async function append(db: Database, shares: readonly TestShare[], writer = new TestWriter()): Promise<void> {
  const sealedAtMs = Math.max(NOON_MS, ...shares.map(({ atMs }) => atMs ?? 0))
  const { segment, bytes } = writer.seal(shares, [], sealedAtMs)
  await appendSegment(db, segment, bytes)
}

const shares = fc.array(
  fc.record({
    address: fc.constantFrom('addrA', 'addrB'),
    atMs: fc.integer({ min: NOON_MS - 2 * HOUR, max: NOON_MS + HOUR - 1 }),
    difficulty: fc.constantFrom(1, 2.5, 64),
  }),
  { maxLength: 40 },
)

describe('work of the pool', () => {
  it('is the work of the shares of the span, whole and bucket by bucket', async () => {
    const bucket = fc.constantFrom(
      [MINUTE, 'minute'],
      [5 * MINUTE, 'minute'],
      [HOUR, 'hour'],
    ) as fc.Arbitrary<[number, 'minute' | 'hour']>
    await fc.assert(
      fc.asyncProperty(shares, bucket, async (plan, [bucketMs, resolution]) => {
        await withCopy(template.name, async (db) => {
          await append(db, plan)
          await rollUpSegments(db)
          const span = { resolution, startsAtMs: NOON_MS - HOUR, endsAtMs: NOON_MS + HOUR }
          const inside = plan.filter(({ atMs }) => atMs >= span.startsAtMs && atMs < span.endsAtMs)
          const workOf = (of: typeof plan) =>
            of.reduce((sum, { difficulty }) => sum + workOfDifficulty(difficulty), 0n)
          expect(await sumPoolWork(db.pool, span)).toMatchObject({
            work: workOf(inside),
            shareCount: inside.length,
          })

          const starts = [...new Set(inside.map(({ atMs }) => atMs - (atMs % bucketMs)))].sort(
            (a, b) => a - b,
          )
          expect(await chartPoolWork(db.pool, { ...span, bucketMs })).toMatchObject(
            starts.map((startsAtMs) => {
              const of = inside.filter(({ atMs }) => atMs - (atMs % bucketMs) === startsAtMs)
              return { startsAtMs, work: workOf(of), shareCount: of.length }
            }),
          )
        })
      }),
      { numRuns: 12 },
    )
  })
})

describe('who is active', () => {
  it('counts miners and workers once, and lists the largest first', async () => {
    await withCopy(template.name, async (db) => {
      const atMs = NOON_MS
      await append(db, [
        { address: 'addrA', workerName: 'x', atMs },
        { address: 'addrA', workerName: 'y', atMs: atMs + MINUTE },
        { address: 'addrB', workerName: 'x', atMs, difficulty: 9 },
        { address: 'addrC', workerName: 'x', atMs: atMs - HOUR },
      ])
      await rollUpSegments(db)
      expect(await countActive(db.pool, NOON_MS)).toEqual({ miners: 2, workers: 3 })
      expect(await countActive(db.pool, NOON_MS + HOUR)).toEqual({ miners: 0, workers: 0 })
      const span = { resolution: 'minute', startsAtMs: NOON_MS, endsAtMs: NOON_MS + HOUR } as const
      const listed = await listActiveMiners(db.pool, span, 10)
      expect(listed.map(({ address, shareCount }) => [address, shareCount])).toEqual([
        ['addrB', 1],
        ['addrA', 2],
      ])
      expect(listed[1]?.lastShareAtMs).toBe(NOON_MS + MINUTE)
      expect(await listActiveMiners(db.pool, span, 1)).toHaveLength(1)
    })
  })
})

describe('readRecordEnd', () => {
  it('tells an empty journal, one that is not summed up, and one that is', async () => {
    await withCopy(template.name, async (db) => {
      const nothing = { firstShareAtMs: undefined, journalEndMs: undefined, rollupEndMs: undefined }
      expect(await readRecordEnd(db.pool)).toMatchObject({ ...nothing, isRolledUp: true })
      const writer = new TestWriter()
      await append(db, [{ address: 'addrA', atMs: NOON_MS }], writer)
      expect(await readRecordEnd(db.pool)).toMatchObject({
        firstShareAtMs: NOON_MS,
        journalEndMs: NOON_MS,
        rollupEndMs: undefined,
        isRolledUp: false,
      })
      await rollUpSegments(db)
      await append(db, [{ address: 'addrA', atMs: NOON_MS + HOUR }], writer)
      const behind = { journalEndMs: NOON_MS + HOUR, rollupEndMs: NOON_MS, isRolledUp: false }
      expect(await readRecordEnd(db.pool)).toMatchObject(behind)
      await rollUpSegments(db)
      const end = await readRecordEnd(db.pool)
      expect(end).toMatchObject({ rollupEndMs: NOON_MS + HOUR, isRolledUp: true })
      expect(Math.abs(end.nowMs - Date.now())).toBeLessThan(MINUTE)
    })
  })
})

describe('readRound', () => {
  it('is the score since the block with the most of it, also when blocks come out of order', async () => {
    await withCopy(template.name, async (db) => {
      expect(await readRound(db.pool)).toEqual({ score: 0n, lastBlock: undefined })
      await append(db, [{ address: 'addrA' }, { address: 'addrA' }])
      const { rows } = await db.pool.query<{ score: string }>('SELECT score FROM journal_head')
      const total = BigInt(rows[0]!.score)
      expect(await readRound(db.pool)).toEqual({ score: total, lastBlock: undefined })

      const block = { address: 'addrA', status: 'candidate' } as const
      await findBlock(db, { ...block, n: 1, foundAtMs: NOON_MS, scoreAtFind: 10n })
      await findBlock(db, { ...block, n: 2, foundAtMs: NOON_MS + 1, scoreAtFind: 7n })
      expect(await readRound(db.pool)).toEqual({
        score: total - 10n,
        lastBlock: { hash: hashOf(2), height: 102, foundAtMs: NOON_MS + 1 },
      })
      await findBlock(db, { ...block, n: 3, foundAtMs: NOON_MS + 2 })
      expect((await readRound(db.pool))?.score).toBeUndefined()
    })
  })
})

describe('settings and tip', () => {
  it('are not there before they are written, and then as written', async () => {
    await withCopy(template.name, async (db) => {
      expect(await readPool(db.pool)).toBeUndefined()
      expect(await readChainTip(db.pool)).toBeUndefined()
      const settings = {
        network: 'regtest' as const,
        poolAddress: 'addrP',
        poolTag: '/tag/',
        feeBasisPoints: 150,
        finderBonusBasisPoints: 25,
        pplnsWindow: 4,
        stratumPorts: [
          {
            port: 3333,
            mode: 'pplns' as const,
            startDifficulty: 1e-9,
            minDifficulty: 1e-9,
            maxDifficulty: 2 ** 53,
            fixed: false,
            sharesPerMinute: 12,
            tls: true,
            proxy: false,
            direct: false,
          },
        ],
      }
      await savePool(db, settings, new Uint8Array(0), NOON_MS)
      expect(await readPool(db.pool)).toEqual({ ...settings, isSynthetic: false })
      const terms = { everyMinutes: 60, thresholdSats: 2n ** 40n, minimumSats: 0n, confirmations: 6 }
      for (const maxAgeDays of [30, undefined]) {
        const payouts = { ...terms, maxAgeDays }
        await savePool(db, { ...settings, payouts }, new Uint8Array(0), NOON_MS)
        expect(await readPool(db.pool)).toEqual({ ...settings, payouts, isSynthetic: false })
      }
      await savePool(db, settings, new Uint8Array(0), NOON_MS)
      expect(await readPool(db.pool)).toEqual({ ...settings, isSynthetic: false })
      await saveChainTip(db.pool, hashOf(9), 9, NOON_MS)
      await saveChainTip(db.pool, hashOf(9), 9, NOON_MS + HOUR)
      expect(await readChainTip(db.pool)).toEqual({ hash: hashOf(9), height: 9, seenAtMs: NOON_MS })
    })
  })
})
