import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { takeWindow } from '@headframe/core/accounting/pplns-window'
import { SCORE_UNIT } from '@headframe/core/accounting/score'
import { appendSegment } from '../../src/journal/append-segment.js'
import { valueShares, type ValuedShare } from '../../src/journal/value-shares.js'
import { rebuildRollups } from '../../src/rollup/rebuild-rollups.js'
import { rollUpSegments } from '../../src/rollup/roll-up-segments.js'
import { addWindowSums, pruneWindowSums } from '../../src/window/add-window-sums.js'
import { readWindow } from '../../src/window/read-window.js'
import { createTemplate, textRows, withCopy } from '../support/test-database.js'
import { TestWriter, type TestShare } from '../support/test-writer.js'

const SEGMENTS = 100
let template: Awaited<ReturnType<typeof createTemplate>>

beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

it('a window of many segments is the window by definition, however much of them is rolled up', async () => {
  await withCopy(template.name, async (db) => {
    const writer = new TestWriter()
    const shares: ValuedShare[] = []
    /** Shares before each segment's end. */
    const ends: number[] = []
    const modes = ['pplns', 'pplns', 'solo'] as const
    for (let n = 0; n < SEGMENTS; n++) {
      const sealed = Array.from({ length: (n * 7) % 4 }, (_, i): TestShare => {
        const address = `addr${(n + i) % 5}`
        return { address, mode: modes[(n + i) % 3]!, difficulty: 0.125 * (1 + ((n * 3 + i) % 9)) }
      })
      const { segment, bytes } = writer.seal(sealed)
      await appendSegment(db, segment, bytes)
      shares.push(...valueShares(segment))
      ends.push(shares.length)
    }
    for (let rolledUp = 0; rolledUp <= SEGMENTS; rolledUp += 25) {
      for (const position of [40, 64, 65, 97, 100]) {
        for (const units of [1n, 9n, 33n, 70n, 900n]) {
          const before = shares.slice(0, ends[position - 1])
          const expected = takeWindow(newestFirst(before), units * SCORE_UNIT)
          const end = { position: BigInt(position), index: ends[position - 1]! - (ends[position - 2] ?? 0) }
          const { scores, total } = await readWindow(db.pool, end, units * SCORE_UNIT)
          expect({ scores: sorted(scores), total }).toEqual({
            scores: sorted(expected.scores),
            total: expected.total,
          })
        }
      }
      await rollUpSegments(db, 25n)
    }
    // Three stretches of 32 are whole: position 0 is the part of none, so the first has 31.
    const counted = await textRows(db, 'SELECT DISTINCT level, stretch FROM window_sum ORDER BY 1, 2')
    expect(counted).toEqual(['(1,0)', '(1,1)', '(1,2)'])
    const sums = await textRows(db, 'SELECT * FROM window_sum ORDER BY 1, 2, 3')
    await rebuildRollups(db)
    expect(await textRows(db, 'SELECT * FROM window_sum ORDER BY 1, 2, 3')).toEqual(sums)

    // Somebody has changed what a miner scored: nobody is paid by it.
    await db.pool.query(`UPDATE window_sum SET score = score + 1 WHERE stretch = 1`)
    const end = { position: 100n, index: 0 }
    await expect(readWindow(db.pool, end, 900n * SCORE_UNIT)).rejects.toThrow(
      'disagree; `npm run replay -- rollups`',
    )
  })
})

it('stretches of every level add up to their segments, in whatever steps they were rolled up', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.bigInt({ min: 1n, max: 900n }), { minLength: 3, maxLength: 8 }),
      async (steps) => {
        await withCopy(template.name, async (db) => {
          const last = steps.reduce((sum, step) => sum + step, 0n)
          await db.pool
            .query(`INSERT INTO miner (id, address, first_seen_at) SELECT n, 'addr' || n, now() FROM generate_series(1, 3) n;
          INSERT INTO worker (id, miner_id, name, first_seen_at) SELECT n, n, 'rig', now() FROM generate_series(1, 3) n`)
          await db.pool.query(
            `INSERT INTO segment_sum SELECT n, now(), 1 + n % 3, CASE n % 4 WHEN 0 THEN 'solo' ELSE 'pplns' END::payout_mode, 1, 1, n
           FROM generate_series(1, $1::bigint) n`,
            [last],
          )
          let at = 0n
          for (const step of steps) {
            await addWindowSums(db.pool, at, at + step)
            at += step
          }
          const byHand = `SELECT level, position >> (5 * level) AS stretch, worker_id AS miner_id, sum(score)::numeric(78,0)
          FROM segment_sum, generate_series(1, 3) level
          WHERE mode = 'pplns' AND position >> (5 * level) < (${last} + 1) >> (5 * level) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`
          expect(await textRows(db, 'SELECT * FROM window_sum ORDER BY 1, 2, 3')).toEqual(
            await textRows(db, byHand),
          )
          await pruneWindowSums(db.pool, 40n)
          expect(await textRows(db, 'SELECT min(stretch) FROM window_sum WHERE level = 1')).toEqual(
            last < 63n ? ['()'] : ['(1)'],
          )
        })
      },
    ),
    { numRuns: 5 },
  )
})

const newestFirst = (before: readonly ValuedShare[]) =>
  before
    .filter(({ worker }) => worker.mode === 'pplns')
    .map(({ worker, score }) => ({ miner: worker.address, score }))
    .reverse()

const sorted = (scores: ReadonlyMap<string, bigint>) => [...scores].sort(([a], [b]) => (a < b ? -1 : 1))
