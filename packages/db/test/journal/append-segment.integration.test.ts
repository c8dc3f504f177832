import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workOfDifficulty } from '@headframe/core/chain/target'
import { appendSegment } from '../../src/journal/append-segment.js'
import { SegmentRefused } from '../../src/journal/segment-refused.js'
import { valueShares } from '../../src/journal/value-shares.js'
import { openDatabase, type Database } from '../../src/database.js'
import { bigintOfNumeric } from '../../src/numeric.js'
import { createTemplate, openTestDatabase, textRows, withCopy } from '../support/test-database.js'
import {
  START_MS,
  TestWriter,
  type SealedSegment,
  type TestRejects,
  type TestShare,
} from '../support/test-writer.js'

let template: Awaited<ReturnType<typeof createTemplate>>

beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

const share = fc.record<TestShare>({
  address: fc.constantFrom('addrA', 'addrB', 'addrC'),
  workerName: fc.constantFrom('', 'rig', 'ünï.côde rig'),
  mode: fc.constantFrom('pplns', 'solo'),
  atMs: fc.integer({ min: START_MS, max: START_MS + 200_000 }),
  difficulty: fc.constantFrom(1e-6, 0.5, 1, 1000, 2 ** 40),
  nbits: fc.constantFrom(0x1d00ffff, 0x207fffff, 0x17034219),
})
const rejects = fc.record<TestRejects>({
  address: fc.constantFrom('addrA', 'addrD'),
  workerName: fc.constantFrom('', 'rig'),
  atMs: fc.integer({ min: START_MS, max: START_MS + 200_000 }),
  reason: fc.constantFrom('stale-share', 'duplicate-share', 'malformed'),
  count: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
})
const contents = fc.array(
  fc.record({
    writer: fc.integer({ min: 0, max: 2 }),
    shares: fc.array(share, { maxLength: 12 }),
    rejects: fc.array(rejects, { maxLength: 3 }),
    repeat: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
)

async function expectTotals(db: Database, segments: readonly SealedSegment[]): Promise<void> {
  const head = await db.prisma.journalHead.findUniqueOrThrow({ where: { id: 1 } })
  const values = segments.flatMap(({ segment }) => valueShares(segment))
  const total = (of: (value: (typeof values)[number]) => bigint) => values.reduce((sum, v) => sum + of(v), 0n)
  expect(head.position).toBe(BigInt(segments.length))
  expect(head.shareCount).toBe(BigInt(values.length))
  expect(bigintOfNumeric(head.work)).toBe(total(({ work }) => work))
  expect(bigintOfNumeric(head.score)).toBe(total(({ score }) => score))
  expect(bigintOfNumeric(head.pplnsScore)).toBe(
    total(({ score, worker }) => (worker.mode === 'pplns' ? score : 0n)),
  )
  const { rows } = await db.pool.query<Record<string, string>>(
    `SELECT count(*) AS n, min(position) AS first, max(position) AS last, coalesce(sum(share_count), 0) AS shares,
       (SELECT coalesce(sum(share_count), 0) FROM segment_sum) AS sum_shares,
       (SELECT coalesce(sum(work), 0) FROM segment_sum) AS sum_work,
       (SELECT coalesce(sum(score), 0) FROM segment_sum) AS sum_score,
       (SELECT coalesce(sum(score), 0) FROM segment_sum WHERE mode = 'pplns') AS sum_pplns FROM segment`,
  )
  expect(rows[0]).toEqual({
    n: `${segments.length}`,
    first: '1',
    last: `${segments.length}`,
    shares: `${values.length}`,
    sum_shares: `${values.length}`,
    sum_work: bigintOfNumeric(head.work).toString(),
    sum_score: bigintOfNumeric(head.score).toString(),
    sum_pplns: bigintOfNumeric(head.pplnsScore).toString(),
  })
}

describe('appendSegment', () => {
  it('counts every share once, whatever the interleaving and however often a segment is sent', async () => {
    await fc.assert(
      fc.asyncProperty(contents, async (plan) => {
        await withCopy(template.name, async (db) => {
          const writers = [0, 1, 2].map((n) => new TestWriter(`s0${n}-test`))
          const sealed: SealedSegment[] = []
          for (const { writer, shares, rejects, repeat } of plan) {
            const next = writers[writer]!.seal(shares, rejects)
            sealed.push(next)
            expect(await appendSegment(db, next.segment, next.bytes)).toBe('appended')
            const again = repeat ? next : sealed[0]!
            expect(await appendSegment(db, again.segment, again.bytes)).toBe('already')
          }
          await expectTotals(db, sealed)
          const gaps = await textRows(
            db,
            `SELECT position FROM (SELECT position, score_before, pplns_score_before,
               coalesce(sum(score) OVER before, 0) AS score, coalesce(sum(pplns_score) OVER before, 0) AS pplns
               FROM segment WINDOW before AS (ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) s
             WHERE score_before <> score OR pplns_score_before <> pplns`,
          )
          expect(gaps).toEqual([])
        })
      }),
      { numRuns: 25 },
    )
  })

  it('sums a worker, minute and mode, and keeps the last share of workers and miners', async () => {
    await withCopy(template.name, async (db) => {
      const minute = Date.UTC(2026, 0, 1)
      const [first, other] = [
        { address: 'addrA', workerName: 'r', atMs: minute + 59_999 },
        { address: 'addrB' },
      ]
      const { segment, bytes } = new TestWriter().seal(
        [
          { ...first, difficulty: 2 },
          { ...first, difficulty: 3 },
          { ...first, difficulty: 1, atMs: minute + 60_000 },
          { ...first, difficulty: 1, mode: 'solo' },
        ],
        [{ ...other, atMs: minute, reason: 'stale-share', count: 7 }],
      )
      await appendSegment(db, segment, bytes)
      const sums = await db.prisma.segmentSum.findMany({ orderBy: [{ minute: 'asc' }, { mode: 'asc' }] })
      expect(
        sums.map((s) => [s.minute.getTime() - minute, s.mode, s.shareCount, bigintOfNumeric(s.work)]),
      ).toEqual([
        [0, 'pplns', 2, workOfDifficulty(2) + workOfDifficulty(3)],
        [0, 'solo', 1, workOfDifficulty(1)],
        [60_000, 'pplns', 1, workOfDifficulty(1)],
      ])
      const miners = await db.prisma.miner.findMany({
        orderBy: { address: 'asc' },
        include: { workers: true },
      })
      expect(
        miners.map((m) => [m.address, m.lastShareAt?.getTime(), m.workers.map(({ name }) => name)]),
      ).toEqual([
        ['addrA', minute + 60_000, ['r']],
        ['addrB', undefined, ['']],
      ])
      expect(miners[0]!.workers[0]!.lastShareAt?.getTime()).toBe(minute + 60_000)
      const rejected = await db.prisma.segmentReject.findMany()
      expect(rejected.map(({ reason, count }) => [reason, count])).toEqual([['stale-share', 7n]])
    })
  })

  it('uses no number of a sequence for workers that are known', async () => {
    await withCopy(template.name, async (db) => {
      const writer = new TestWriter()
      for (let n = 0; n < 20; n++) {
        const { segment, bytes } = writer.seal([{ address: 'addrA', workerName: 'r' }])
        await appendSegment(db, segment, bytes)
      }
      const last = writer.seal([{ address: 'addrB', workerName: 'r' }])
      await appendSegment(db, last.segment, last.bytes)
      expect((await db.prisma.miner.findUniqueOrThrow({ where: { address: 'addrB' } })).id).toBe(2)
      expect((await db.prisma.worker.findMany()).map(({ id }) => id)).toEqual([1, 2])
    })
  })

  it('refuses what does not continue the chain, and writes nothing of it', async () => {
    await withCopy(template.name, async (db) => {
      const one = [{ address: 'addrA' }]
      const [writer, twin] = [new TestWriter(), new TestWriter()]
      const first = writer.seal(one)
      await appendSegment(db, first.segment, first.bytes)

      const impostor = twin.seal([{ address: 'addrB' }])
      await expectRefusal(db, impostor, 'chain-mismatch')
      await expectRefusal(db, twin.seal(one), 'chain-mismatch')
      writer.seal(one)
      await expectRefusal(db, writer.seal(one), 'gap')
      await expectRefusal(db, new TestWriter('s01-test', 'mainnet').seal(one), 'network-mismatch')

      const older = new TestWriter('s02-test')
      older.incarnation = 2
      const second = older.seal(one)
      await appendSegment(db, second.segment, second.bytes)
      older.incarnation = 1
      await expectRefusal(db, older.seal(one), 'chain-mismatch')
      await expectTotals(db, [first, second])
      expect(await db.prisma.miner.count()).toBe(1)
    })
  })

  it('lets two shippers send the same segments at once', async () => {
    await withCopy(template.name, async (db) => {
      const writer = new TestWriter()
      const sealed = Array.from({ length: 20 }, (_, n) =>
        writer.seal([{ address: `addr${n}`, workerName: 'r' }]),
      )
      const ship = async () => {
        const results: string[] = []
        for (const { segment, bytes } of sealed) results.push(await appendSegment(db, segment, bytes))
        return results
      }
      const [a, b] = await Promise.all([ship(), ship()])
      for (const [n, result] of a.entries()) expect([result, b[n]].sort()).toEqual(['already', 'appended'])
      await expectTotals(db, sealed)
    })
  })

  it('survives a server that kills its backends at any moment', async () => {
    const copy = await openTestDatabase(template.name)
    const killer = openDatabase({ url: copy.url, maxConnections: 1 })
    const { rows } = await killer.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const writer = new TestWriter()
    const sealed = Array.from({ length: 80 }, (_, n) =>
      writer.seal([{ address: `addr${n % 7}` }, { address: 'addrX', difficulty: n + 1 }]),
    )
    const end = new AbortController()
    let kills = 0
    let retries = 0
    // On a busy machine an append may take longer than the time between two kills: each failure makes it longer.
    let failures = 0
    const chaos = (async () => {
      while (!end.signal.aborted) {
        const killed = await killer.pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> $1`,
          [rows[0]!.pid],
        )
        kills += killed.rowCount ?? 0
        await sleep((10 + Math.random() * 40) * 1.5 ** failures)
      }
    })()
    for (const { segment, bytes } of sealed) {
      for (;;) {
        try {
          await appendSegment(copy.db, segment, bytes)
          failures = 0
          break
        } catch (error) {
          if (error instanceof SegmentRefused) throw error
          retries++
          failures++
        }
      }
    }
    end.abort()
    await chaos
    await expectTotals(copy.db, sealed)
    expect(kills).toBeGreaterThan(0)
    expect(retries).toBeGreaterThan(0)
    await killer.close()
    await copy.drop()
  })
})

async function expectRefusal(db: Database, { segment, bytes }: SealedSegment, code: string): Promise<void> {
  await expect(appendSegment(db, segment, bytes)).rejects.toMatchObject({ name: 'SegmentRefused', code })
}
