import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { splitReward } from '@headframe/core/accounting/split-reward'
import { workOfDifficulty } from '@headframe/core/chain/target'
import type { Database } from '../../src/database.js'
import { appendSegment } from '../../src/journal/append-segment.js'
import { chartMinerWork } from '../../src/miner/chart-miner-work.js'
import { countOutcomes } from '../../src/miner/count-outcomes.js'
import { findMiner } from '../../src/miner/find-miner.js'
import { listEarnings } from '../../src/miner/list-earnings.js'
import { nextMaturity } from '../../src/miner/next-maturity.js'
import { readBalance } from '../../src/miner/read-balance.js'
import { sumMinerWork } from '../../src/miner/sum-miner-work.js'
import { rollUpSegments } from '../../src/rollup/roll-up-segments.js'
import { chartWorkerWork } from '../../src/worker/chart-worker-work.js'
import { findWorker } from '../../src/worker/find-worker.js'
import { listWorkers } from '../../src/worker/list-workers.js'
import { FEES_SATS, findBlock, hashOf, SUBSIDY_SATS } from '../support/found-block.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { TestWriter } from '../support/test-writer.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOON_MS = Date.UTC(2026, 0, 2, 12)
const SCORES = new Map([
  ['addrA', 2n],
  ['addrB', 3n],
])

let template: Awaited<ReturnType<typeof createTemplate>>

/** Two miners with an hour of shares, and rejects. */
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

async function fill(db: Database): Promise<void> {
  const a = { address: 'addrA', workerName: 'one', difficulty: 2 }
  const { segment, bytes } = new TestWriter().seal(
    [
      { ...a, atMs: NOON_MS - 30 * MINUTE },
      { ...a, atMs: NOON_MS + 10 },
      { ...a, atMs: NOON_MS + MINUTE },
      { ...a, workerName: '', atMs: NOON_MS + 2 * MINUTE },
      { address: 'addrB', workerName: 'one', difficulty: 64, atMs: NOON_MS },
    ],
    [
      { address: 'addrA', workerName: 'one', reason: 'stale-share', count: 3, atMs: NOON_MS },
      { address: 'addrA', workerName: 'one', reason: 'duplicate-share', count: 1, atMs: NOON_MS },
      { address: 'addrA', workerName: '', reason: 'stale-share', count: 2, atMs: NOON_MS },
      { address: 'addrC', workerName: 'bad', reason: 'malformed', count: 9, atMs: NOON_MS },
    ],
    NOON_MS + 3 * MINUTE,
  )
  await appendSegment(db, segment, bytes)
  await rollUpSegments(db)
}

const span = { resolution: 'minute', startsAtMs: NOON_MS, endsAtMs: NOON_MS + HOUR } as const
const day = { resolution: 'hour', startsAtMs: NOON_MS - 23 * HOUR, endsAtMs: NOON_MS + HOUR } as const

describe('a miner', () => {
  it('is found by his address alone, and his work is his own', async () => {
    await withCopy(template.name, async (db) => {
      await fill(db)
      expect(await findMiner(db.pool, 'addrZ')).toBeUndefined()
      const miner = (await findMiner(db.pool, 'addrA'))!
      expect(miner.lastShareAtMs).toBe(NOON_MS + 2 * MINUTE)
      expect(await findMiner(db.pool, 'addrC')).toMatchObject({ lastShareAtMs: undefined })
      const work = workOfDifficulty(2)
      const before = { ...span, startsAtMs: NOON_MS - HOUR, endsAtMs: NOON_MS }
      expect(await sumMinerWork(db.pool, miner.minerId, [span, before, day])).toEqual([
        { work: work * 3n, shareCount: 3, workSquared: work ** 2n * 3n },
        { work, shareCount: 1, workSquared: work ** 2n },
        { work: work * 4n, shareCount: 4, workSquared: work ** 2n * 4n },
      ])
      const chart = await chartMinerWork(db.pool, miner.minerId, { ...span, bucketMs: 2 * MINUTE })
      expect(chart).toEqual([
        { startsAtMs: NOON_MS, work: work * 2n, shareCount: 2, workSquared: work ** 2n * 2n },
        { startsAtMs: NOON_MS + 2 * MINUTE, work, shareCount: 1, workSquared: work ** 2n },
      ])
    })
  })

  it('sees what became of each submission', async () => {
    await withCopy(template.name, async (db) => {
      await fill(db)
      const { minerId } = (await findMiner(db.pool, 'addrA'))!
      expect(await countOutcomes(db.pool, minerId, span)).toEqual([
        { outcome: 'stale-share', count: 5 },
        { outcome: 'accepted', count: 3 },
        { outcome: 'duplicate-share', count: 1 },
      ])
    })
  })
})

describe('his workers', () => {
  it('come by name with both spans and their rejects', async () => {
    await withCopy(template.name, async (db) => {
      await fill(db)
      const { minerId } = (await findMiner(db.pool, 'addrA'))!
      const workers = await listWorkers(db.pool, minerId, { recent: span, day }, 10, false)
      expect(
        workers.map(({ name, recent, day, rejects }) => [name, recent.shareCount, day.shareCount, rejects]),
      ).toEqual([
        ['', 1, 1, { 'stale-share': 2 }],
        ['one', 2, 3, { 'stale-share': 3, 'duplicate-share': 1 }],
      ])
      const newest = await listWorkers(db.pool, minerId, { recent: span, day }, 1, false)
      expect(newest.map(({ name }) => name)).toEqual([''])
    })
  })

  it('are told from those of the same name of somebody else', async () => {
    await withCopy(template.name, async (db) => {
      await fill(db)
      const mine = (await findWorker(db.pool, 'addrA', 'one'))!
      const other = (await findWorker(db.pool, 'addrB', 'one'))!
      expect(mine.workerId).not.toBe(other.workerId)
      expect(await findWorker(db.pool, 'addrA', 'two')).toBeUndefined()
      const chart = await chartWorkerWork(db.pool, other.workerId, { ...span, bucketMs: HOUR })
      const work = workOfDifficulty(64)
      expect(chart).toEqual([{ startsAtMs: NOON_MS, work, shareCount: 1, workSquared: work ** 2n }])
    })
  })
})

describe('his money', () => {
  it('follows each block through the ledger', async () => {
    await withCopy(template.name, async (db) => {
      await fill(db)
      const { minerId } = (await findMiner(db.pool, 'addrA'))!
      const none = { immatureSats: 0n, availableSats: 0n, lockedSats: 0n, paidSats: 0n, directSats: 0n }
      expect(await readBalance(db.pool, minerId)).toEqual(none)
      expect(await nextMaturity(db.pool, minerId)).toBeUndefined()

      const { shares } = splitReward(
        { coinbaseValueSats: SUBSIDY_SATS + FEES_SATS, feeBasisPoints: 150 },
        SCORES,
      )
      const amountSats = shares.find(({ miner }) => miner === 'addrA')!.amountSats
      const block = { foundAtMs: NOON_MS, address: 'addrB', scores: SCORES }
      await findBlock(db, { ...block, n: 1, status: 'mature', confirmations: 101 })
      await findBlock(db, { ...block, n: 2, status: 'stale', confirmations: 0 })
      await findBlock(db, { ...block, n: 3, status: 'immature', confirmations: 4 })
      await findBlock(db, { ...block, n: 4, status: 'immature', confirmations: 2 })
      expect(await readBalance(db.pool, minerId)).toEqual({
        ...none,
        immatureSats: 2n * amountSats,
        availableSats: amountSats,
      })
      expect(await nextMaturity(db.pool, minerId)).toEqual({
        blockHash: hashOf(3),
        height: 103,
        confirmations: 4,
        amountSats,
      })
    })
  })

  it('comes with all that is needed to check it, page by page', async () => {
    await withCopy(template.name, async (db) => {
      await fill(db)
      const { minerId } = (await findMiner(db.pool, 'addrB'))!
      const block = { address: 'addrB', scores: SCORES, status: 'immature' } as const
      // Two of them at the same instant: the hash tells them apart.
      for (const n of [1, 2, 3]) await findBlock(db, { ...block, n, foundAtMs: NOON_MS + (n === 1 ? 0 : 5) })
      const first = await listEarnings(db.pool, minerId, undefined, 2)
      expect(first.map(({ height }) => height)).toEqual([103, 102])
      const cursor = { foundAtMs: first[1]!.foundAtMs, hash: first[1]!.blockHash }
      const second = await listEarnings(db.pool, minerId, cursor, 2)
      expect(second.map(({ height }) => height)).toEqual([101])
      const { shares, feeSats, rewardSats } = splitReward(
        { coinbaseValueSats: SUBSIDY_SATS + FEES_SATS, feeBasisPoints: 150 },
        SCORES,
      )
      expect(second[0]).toMatchObject({
        amountSats: shares[1]!.amountSats,
        score: 3n,
        prefixBefore: 2n,
        prefixAfter: 5n,
        windowTotal: 5n,
        coinbaseValueSats: SUBSIDY_SATS + FEES_SATS,
        poolFeeSats: feeSats,
        rewardSats,
        feeBasisPoints: 150,
        mode: 'pplns',
      })
    })
  })
})
