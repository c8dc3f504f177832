import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scoreOfShare } from '@headframe/core/accounting/score'
import { splitReward } from '@headframe/core/accounting/split-reward'
import { workOfDifficulty } from '@headframe/core/chain/target'
import { listAtHeight } from '../../src/block/list-at-height.js'
import type { Database } from '../../src/database.js'
import { appendSegment } from '../../src/journal/append-segment.js'
import { findMiner } from '../../src/miner/find-miner.js'
import { listDailyEarnings } from '../../src/miner/list-daily-earnings.js'
import { listDailyScores } from '../../src/miner/list-daily-scores.js'
import { listBestShares } from '../../src/pool/list-best-shares.js'
import { listRounds } from '../../src/pool/list-rounds.js'
import { readRewardAverage } from '../../src/pool/read-reward-basis.js'
import { sumPoolWork } from '../../src/pool/sum-pool-work.js'
import { rollUpSegments } from '../../src/rollup/roll-up-segments.js'
import { chartWorkerOutcomes } from '../../src/worker/chart-worker-outcomes.js'
import { findWorker } from '../../src/worker/find-worker.js'
import { listWorkerBests } from '../../src/worker/list-worker-bests.js'
import { sumWorkerOutcomes } from '../../src/worker/sum-worker-outcomes.js'
import { FEES_SATS, findBlock, hashOf, SUBSIDY_SATS } from '../support/found-block.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { NBITS_1, TestWriter, type TestRejects, type TestShare } from '../support/test-writer.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const MIDNIGHT_MS = Date.UTC(2026, 0, 2)

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

async function fill(db: Database, shares: readonly TestShare[], rejects: readonly TestRejects[] = []) {
  const { segment, bytes } = new TestWriter().seal(shares, rejects, MIDNIGHT_MS + DAY)
  await appendSegment(db, segment, bytes)
  await rollUpSegments(db)
}

const span = { resolution: 'minute', startsAtMs: MIDNIGHT_MS, endsAtMs: MIDNIGHT_MS + HOUR } as const

describe('work', () => {
  it('comes with its squares, and counts as alike where they were not kept', async () => {
    await withCopy(template.name, async (db) => {
      const [one, nine] = [workOfDifficulty(1), workOfDifficulty(9)]
      const atMs = MIDNIGHT_MS
      await fill(db, [
        { address: 'addrA', atMs },
        { address: 'addrA', atMs: atMs + MINUTE },
        { address: 'addrB', atMs, difficulty: 9 },
      ])
      const workSquared = 2n * one ** 2n + nine ** 2n
      expect(await sumPoolWork(db.pool, span)).toEqual({ work: 2n * one + nine, shareCount: 3, workSquared })
      await db.pool.query('UPDATE pool_rollup SET work_squared = 0')
      // Each minute by itself: two shares of (one + nine) / 2, and one.
      const alike = (one + nine) ** 2n / 2n + one ** 2n
      expect(await sumPoolWork(db.pool, span)).toMatchObject({ workSquared: alike })
    })
  })
})

describe('rounds', () => {
  it('end with each block, whatever became of it, and begin where the one before ended', async () => {
    await withCopy(template.name, async (db) => {
      await fill(db, [{ address: 'addrA', atMs: MIDNIGHT_MS, workerName: 'rig' }])
      expect(await listRounds(db.pool, 3)).toEqual({ rounds: [], earlierCount: 0, earlierScore: 0n })
      const scores = [10n, 13n, 20n, 21n]
      const statuses = ['mature', 'stale', 'immature', 'candidate'] as const
      for (const [n, scoreAtFind] of scores.entries()) {
        const block = { n, foundAtMs: MIDNIGHT_MS + n, address: 'addrA', scoreAtFind }
        await findBlock(db, { ...block, status: statuses[n]! })
      }
      // The share of this one has not arrived: it ends no round yet.
      await findBlock(db, { n: 9, foundAtMs: MIDNIGHT_MS + 9, address: 'addrA', status: 'candidate' })
      const all = await listRounds(db.pool, 10)
      expect(all.rounds.map(({ hash, score }) => [hash, score])).toEqual([
        [hashOf(0), 10n],
        [hashOf(1), 3n],
        [hashOf(2), 7n],
        [hashOf(3), 1n],
      ])
      expect([all.earlierCount, all.earlierScore]).toEqual([0, 0n])
      const newest = await listRounds(db.pool, 2)
      expect(newest.rounds.map(({ score, status }) => [score, status])).toEqual([
        [7n, 'immature'],
        [1n, 'candidate'],
      ])
      expect([newest.earlierCount, newest.earlierScore]).toEqual([2, 13n])
    })
  })

  it('have blocks that are found by height, the one that holds its place first', async () => {
    await withCopy(template.name, async (db) => {
      await fill(db, [{ address: 'addrA', atMs: MIDNIGHT_MS, workerName: 'rig' }])
      const block = { foundAtMs: MIDNIGHT_MS, address: 'addrA' }
      await findBlock(db, { ...block, n: 5, status: 'stale' })
      expect(await listAtHeight(db.pool, 105)).toEqual([hashOf(5)])
      expect(await listAtHeight(db.pool, 5)).toEqual([])
    })
  })
})

describe('best shares of the pool', () => {
  it('are one a miner, by day or ever, the best first', async () => {
    await withCopy(template.name, async (db) => {
      const shares = Array.from({ length: 24 }, (_, nonce) => ({
        address: `addr${nonce % 3}`,
        workerName: `rig${nonce % 2}`,
        atMs: MIDNIGHT_MS + (nonce % 4 === 0 ? 0 : DAY) + nonce,
        nonce,
      }))
      await fill(db, shares)
      const stored = await db.prisma.bestShare.findMany({ where: { period: 'day' } })
      const workers = await db.prisma.worker.findMany({ include: { miner: true } })
      const minerOf = (id: number) => workers.find((worker) => worker.id === id)!.miner.address
      const expected = (days: number[]): [string, number][] => {
        const best = new Map<string, number>()
        for (const { workerId, difficulty, startsAt } of stored) {
          if (!days.includes(startsAt.getTime())) continue
          const miner = minerOf(workerId)
          best.set(miner, Math.max(best.get(miner) ?? 0, difficulty))
        }
        return [...best].sort(([, a], [, b]) => b - a)
      }
      const told = async (days: number[] | 'ever', limit = 10) =>
        (await listBestShares(db.pool, days, limit)).map(({ address, difficulty }) => [address, difficulty])
      const both = [MIDNIGHT_MS, MIDNIGHT_MS + DAY]
      expect(await told([MIDNIGHT_MS])).toEqual(expected([MIDNIGHT_MS]))
      expect(await told(both)).toEqual(expected(both))
      expect(await told('ever')).toEqual(expected(both))
      expect(await told('ever', 1)).toEqual(expected(both).slice(0, 1))
      expect(await told([MIDNIGHT_MS - DAY])).toEqual([])
    })
  })

  it('finds the best of each miner behind a farm that has hundreds of the best', async () => {
    await withCopy(template.name, async (db) => {
      const farm = Array.from({ length: 450 }, (_, n) => ({ miner: 1, difficulty: 1_000 + n }))
      const small = [2, 3, 4].map((miner) => ({ miner, difficulty: 100 * miner }))
      await db.pool.query(
        `INSERT INTO miner (id, address, first_seen_at) SELECT n, 'addr' || n, now() FROM generate_series(1, 4) n`,
      )
      for (const [n, { miner, difficulty }] of [...small, ...farm].entries())
        await db.pool.query(
          `WITH w AS (INSERT INTO worker (miner_id, name, first_seen_at) VALUES ($1, $2, now()) RETURNING id)
           INSERT INTO best_share (worker_id, period, starts_at, difficulty, hash, height, nbits, accepted_at)
           SELECT id, 'ever', 'epoch', $3, $2, 1, 1, now() FROM w`,
          [miner, `rig${n}`, difficulty],
        )
      const told = async (limit: number) =>
        (await listBestShares(db.pool, 'ever', limit)).map(({ address, difficulty }) => [address, difficulty])
      const all = [
        ['addr1', 1_449],
        ['addr4', 400],
        ['addr3', 300],
        ['addr2', 200],
      ]
      expect(await told(10)).toEqual(all)
      expect(await told(2)).toEqual(all.slice(0, 2))
      expect(await told(1)).toEqual(all.slice(0, 1))
    })
  })
})

describe('a worker', () => {
  it('has its outcomes summed and drawn, and its best shares with the best ever first', async () => {
    await withCopy(template.name, async (db) => {
      const a = { address: 'addrA', workerName: 'rig' }
      await fill(
        db,
        [
          { ...a, atMs: MIDNIGHT_MS, difficulty: 4 },
          { ...a, atMs: MIDNIGHT_MS + 2 * MINUTE, difficulty: 8, nonce: 2 },
          { address: 'addrA', workerName: 'other', atMs: MIDNIGHT_MS, difficulty: 99 },
        ],
        [{ ...a, atMs: MIDNIGHT_MS + 2 * MINUTE, reason: 'stale-share', count: 3 }],
      )
      const { workerId } = (await findWorker(db.pool, 'addrA', 'rig'))!
      const [four, eight] = [workOfDifficulty(4), workOfDifficulty(8)]
      const after = { ...span, startsAtMs: span.endsAtMs, endsAtMs: span.endsAtMs + HOUR }
      const [none, outcomes] = await sumWorkerOutcomes(db.pool, workerId, [after, span])
      expect(none).toEqual({
        accepted: { work: 0n, shareCount: 0, workSquared: 0n, score: 0n },
        rejects: {},
      })
      expect(outcomes).toEqual({
        accepted: {
          work: four + eight,
          shareCount: 2,
          workSquared: four ** 2n + eight ** 2n,
          score: scoreOfShare(4, NBITS_1) + scoreOfShare(8, NBITS_1),
        },
        rejects: { 'stale-share': 3 },
      })
      expect(await chartWorkerOutcomes(db.pool, workerId, { ...span, bucketMs: MINUTE })).toEqual([
        { startsAtMs: MIDNIGHT_MS, outcome: 'accepted', count: 1, work: four },
        { startsAtMs: MIDNIGHT_MS + 2 * MINUTE, outcome: 'accepted', count: 1, work: eight },
        { startsAtMs: MIDNIGHT_MS + 2 * MINUTE, outcome: 'stale-share', count: 3, work: 0n },
      ])
      const bests = await listWorkerBests(db.pool, workerId, 5)
      expect(bests.map(({ period, startsAtMs }) => [period, startsAtMs])).toEqual([
        ['ever', 0],
        ['day', MIDNIGHT_MS],
      ])
      expect(bests[0]!.hash).toBe(bests[1]!.hash)
    })
  })
})

describe('earnings a day', () => {
  it('are those of blocks that stand, on the day they were found, and of FPPS when it was paid', async () => {
    await withCopy(template.name, async (db) => {
      await fill(db, [
        { address: 'addrA', workerName: 'rig', atMs: MIDNIGHT_MS, difficulty: 2 },
        { address: 'addrB', workerName: 'rig', atMs: MIDNIGHT_MS },
        { address: 'addrB', workerName: 'rig', atMs: MIDNIGHT_MS + DAY },
      ])
      const scores = new Map([
        ['addrA', 2n],
        ['addrB', 3n],
      ])
      const block = { address: 'addrA', scores }
      await findBlock(db, { ...block, n: 1, foundAtMs: MIDNIGHT_MS + HOUR, status: 'mature' })
      await findBlock(db, { ...block, n: 2, foundAtMs: MIDNIGHT_MS + DAY - 1, status: 'immature' })
      await findBlock(db, { ...block, n: 3, foundAtMs: MIDNIGHT_MS + DAY - 1, status: 'stale' })
      await findBlock(db, { ...block, n: 4, foundAtMs: MIDNIGHT_MS + DAY, status: 'immature' })
      const coinbaseValueSats = SUBSIDY_SATS + FEES_SATS
      const { shares } = splitReward({ coinbaseValueSats, feeBasisPoints: 150 }, scores)
      const sats = shares.find(({ miner }) => miner === 'addrA')!.amountSats
      const { minerId } = (await findMiner(db.pool, 'addrA'))!
      const noShares = { sharesSats: 0n, sharesScore: 0n }
      expect(await listDailyEarnings(db.pool, minerId, MIDNIGHT_MS)).toEqual([
        { ...noShares, dayMs: MIDNIGHT_MS, maturedSats: sats, immatureSats: sats, blockCount: 2 },
        { ...noShares, dayMs: MIDNIGHT_MS + DAY, maturedSats: 0n, immatureSats: sats, blockCount: 1 },
      ])
      expect(await listDailyEarnings(db.pool, minerId, MIDNIGHT_MS + DAY)).toHaveLength(1)
      expect(await readRewardAverage(db.pool)).toEqual({ blockSats: coinbaseValueSats, blockCount: 4 })
      const [one, two] = [scoreOfShare(1, NBITS_1), scoreOfShare(2, NBITS_1)]
      expect(await listDailyScores(db.pool, minerId, MIDNIGHT_MS)).toEqual([
        { dayMs: MIDNIGHT_MS, ownScore: two, poolScore: one + two },
        { dayMs: MIDNIGHT_MS + DAY, ownScore: 0n, poolScore: one },
      ])
    })
  })

  it('have no basis before a block is settled', async () => {
    await withCopy(template.name, async (db) => {
      expect(await readRewardAverage(db.pool)).toBeUndefined()
    })
  })
})
