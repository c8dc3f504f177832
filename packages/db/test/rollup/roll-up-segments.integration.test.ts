import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database.js'
import { appendSegment } from '../../src/journal/append-segment.js'
import { valueShares } from '../../src/journal/value-shares.js'
import { pruneSegments } from '../../src/prune/prune-segments.js'
import { pruneRollups } from '../../src/prune/prune-rollups.js'
import { rebuildRollups } from '../../src/rollup/rebuild-rollups.js'
import { rollUpSegments } from '../../src/rollup/roll-up-segments.js'
import { createTemplate, textRows, withCopy } from '../support/test-database.js'
import { TestWriter, type TestRejects, type TestShare } from '../support/test-writer.js'

const DAY_MS = 86_400_000
const MIDNIGHT_MS = Date.UTC(2026, 2, 29)
const QUARTER_HOURS = new URL(
  '../../prisma/migrations/20261127013100_quarter_hours/migration.sql',
  import.meta.url,
)
const LATER_QUARTERS = `WHERE resolution = 'quarter_hour' AND starts_at > to_timestamp(${MIDNIGHT_MS / 1000})`
const TABLES = ['pool_rollup', 'miner_rollup', 'worker_rollup']

let template: Awaited<ReturnType<typeof createTemplate>>

beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

// Around a UTC midnight, in the night in which much of Europe changes its clocks.
const atMs = fc.integer({ min: MIDNIGHT_MS - 7_200_000, max: MIDNIGHT_MS + 7_200_000 })
const who = { address: fc.constantFrom('addrA', 'addrB'), workerName: fc.constantFrom('', 'rig'), atMs }
const share = fc.record<TestShare>({
  ...who,
  difficulty: fc.constantFrom(0.5, 3),
  mode: fc.constantFrom('pplns', 'solo'),
})
const rejects = fc.record<TestRejects>({
  ...who,
  reason: fc.constantFrom('stale-share', 'malformed'),
  count: fc.integer({ min: 1, max: 9 }),
})
const plan = fc.array(
  fc.record({
    shares: fc.array(share, { maxLength: 6 }),
    rejects: fc.array(rejects, { maxLength: 3 }),
    rollUp: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
)

async function append(
  db: Database,
  writer: TestWriter,
  shares: readonly TestShare[],
  rejects: readonly TestRejects[] = [],
) {
  const { segment, bytes } = writer.seal(shares, rejects)
  await appendSegment(db, segment, bytes)
}

async function dump(db: Database): Promise<string[]> {
  const rows = await Promise.all(TABLES.map((table) => textRows(db, `SELECT * FROM ${table}`)))
  return rows.flat()
}

describe('rollUpSegments', () => {
  it('counts each segment once, in buckets of UTC, and is rebuilt byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async (steps) => {
        await withCopy(template.name, async (db) => {
          const writer = new TestWriter()
          for (const { shares, rejects, rollUp } of steps) {
            await append(db, writer, shares, rejects)
            // Two processes at once: one waits for the other and finds nothing to do.
            if (rollUp) await Promise.all([rollUpSegments(db), rollUpSegments(db)])
          }
          expect(await rollUpSegments(db)).toEqual({ position: BigInt(steps.length), isBehind: false })
          const rollups = await dump(db)
          expect(rollups.sort()).toEqual((await expectedRows(db, steps)).sort())
          await rebuildRollups(db)
          expect((await dump(db)).sort()).toEqual(rollups)
        })
      }),
      { numRuns: 20 },
    )
  })

  it('moves nothing when it fails in the middle', async () => {
    await withCopy(template.name, async (db) => {
      await append(db, new TestWriter(), [{ address: 'addrA' }])
      await db.pool.query('ALTER TABLE worker_rollup ADD CONSTRAINT fails CHECK (count > 1)')
      await expect(rollUpSegments(db)).rejects.toThrow('fails')
      expect(await dump(db)).toEqual([])
      await db.pool.query('ALTER TABLE worker_rollup DROP CONSTRAINT fails')
      await rollUpSegments(db)
      expect(await db.prisma.poolRollup.count()).toBe(4)
    })
  })

  it('says that it is behind when there is more than one transaction should hold', async () => {
    await withCopy(template.name, async (db) => {
      const writer = new TestWriter()
      for (let n = 0; n < 3; n++) await append(db, writer, [])
      expect(await rollUpSegments(db, 2n)).toEqual({ position: 2n, isBehind: true })
      expect(await rollUpSegments(db, 2n)).toEqual({ position: 3n, isBehind: false })
    })
  })
})

describe('a database from before there were quarters of an hour', () => {
  it('has them out of its minutes, all but the first, which may have lost some', async () => {
    await withCopy(template.name, async (db) => {
      const fromMs = MIDNIGHT_MS + 60_000
      const shares = fc.sample(share, { numRuns: 60, seed: 7 }).map((one) => ({
        ...one,
        atMs: fromMs + (one.atMs! % 5_400_000),
      }))
      await append(db, new TestWriter(), [{ address: 'addrA', atMs: fromMs }, ...shares])
      await rollUpSegments(db)
      const quarters = async () =>
        (await Promise.all(TABLES.map((table) => textRows(db, `SELECT * FROM ${table} ${LATER_QUARTERS}`))))
          .flat()
          .sort()
      const rolledUp = await quarters()
      expect(rolledUp.length).toBeGreaterThan(9)
      for (const table of TABLES)
        await db.pool.query(`DELETE FROM ${table} WHERE resolution = 'quarter_hour'`)
      await db.pool.query(await readFile(QUARTER_HOURS, 'utf8'))
      expect(await quarters()).toEqual(rolledUp)
      const first = `SELECT * FROM worker_rollup WHERE resolution = 'quarter_hour' AND starts_at = $1`
      expect((await db.pool.query(first, [new Date(MIDNIGHT_MS)])).rows).toEqual([])
    })
  })
})

describe('pruning', () => {
  it('stops a rebuild that could not be whole', async () => {
    await withCopy(template.name, async (db) => {
      const writer = new TestWriter()
      await append(db, writer, [{ address: 'addrA' }])
      await append(db, writer, [{ address: 'addrA' }])
      await rollUpSegments(db)
      const rollups = await dump(db)
      await pruneSegments(db, { sealedBeforeMs: Date.now(), keepScore: 1n })
      await expect(rebuildRollups(db)).rejects.toMatchObject({ name: 'RollupsNotRebuildable' })
      expect(await dump(db)).toEqual(rollups)
    })
  })

  it('removes old minutes and hours, and keeps days', async () => {
    await withCopy(template.name, async (db) => {
      const shares = [MIDNIGHT_MS - DAY_MS, MIDNIGHT_MS].map((atMs) => ({ address: 'addrA', atMs }))
      await append(db, new TestWriter(), shares)
      await rollUpSegments(db)
      const removed = await pruneRollups(db.pool, {
        minutesSinceMs: MIDNIGHT_MS + 1,
        hoursSinceMs: MIDNIGHT_MS,
      })
      expect(removed).toBe(15)
      const left = await textRows(db, 'SELECT resolution, count(*) FROM miner_rollup GROUP BY 1 ORDER BY 1')
      expect(left).toEqual(['(hour,1)', '(day,2)'])
    })
  })
})

interface Step {
  readonly shares: readonly TestShare[]
  readonly rejects: readonly TestRejects[]
}

const RESOLUTIONS = [
  ['minute', 60_000],
  ['quarter_hour', 900_000],
  ['hour', 3_600_000],
  ['day', DAY_MS],
] as const

/** The same rows, counted one submission at a time. */
async function expectedRows(db: Database, steps: readonly Step[]): Promise<string[]> {
  const workers = await db.prisma.worker.findMany({ include: { miner: true } })
  const rows = new Map<string, { count: bigint; work: bigint; score: bigint; workSquared: bigint }>()
  for (const submission of [...steps.flatMap(submissions), ...steps.flatMap(squares)]) {
    const { address, workerName = '', atMs = 0, outcome, count, work, score, workSquared } = submission
    const worker = workers.find(({ name, miner }) => name === workerName && miner.address === address)!
    for (const [resolution, sizeMs] of RESOLUTIONS) {
      const startsAt = new Date(atMs - (atMs % sizeMs))
        .toISOString()
        .replace('T', ' ')
        .replace('.000Z', '+00')
      for (const [table, subject] of [
        ['pool', ''],
        ['miner', `${worker.minerId},`],
        ['worker', `${worker.id},`],
      ]) {
        const key = `${table}:(${subject}${resolution},"${startsAt}",${outcome},`
        const row = rows.get(key) ?? { count: 0n, work: 0n, score: 0n, workSquared: 0n }
        rows.set(key, {
          count: row.count + BigInt(count),
          work: row.work + work,
          score: row.score + score,
          workSquared: row.workSquared + workSquared,
        })
      }
    }
  }
  return [...rows].map(
    ([key, row]) =>
      `${key.slice(key.indexOf(':') + 1)}${row.count},${row.work},${row.score},${row.workSquared})`,
  )
}

function submissions({ shares, rejects }: Step) {
  const values = valueShares(new TestWriter().seal(shares).segment)
  return [
    ...shares.map((share, n) => {
      const { work, score } = values[n]!
      return { ...share, outcome: 'accepted', count: 1, work, score, workSquared: 0n }
    }),
    ...rejects.map(({ reason, ...rest }) => ({
      ...rest,
      outcome: reason,
      work: 0n,
      score: 0n,
      workSquared: 0n,
    })),
  ]
}

/** Shares of a worker, minute and mode of one segment are taken for alike: n of them with together w have w^2 / n. */
function squares({ shares }: Step) {
  const values = valueShares(new TestWriter().seal(shares).segment)
  const sums = new Map<string, { share: TestShare; count: bigint; work: bigint }>()
  for (const [n, share] of shares.entries()) {
    const { address, workerName = '', mode = 'pplns', atMs = 0 } = share
    const key = [address, workerName, mode, Math.floor(atMs / 60_000)].join()
    const sum = sums.get(key) ?? { share, count: 0n, work: 0n }
    sums.set(key, { share, count: sum.count + 1n, work: sum.work + values[n]!.work })
  }
  return [...sums.values()].map(({ share, count, work }) => {
    const workSquared = (work * work) / count
    return { ...share, outcome: 'accepted', count: 0, work: 0n, score: 0n, workSquared }
  })
}
