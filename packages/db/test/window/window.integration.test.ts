import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeWindow } from '@headframe/core/accounting/pplns-window'
import { SCORE_UNIT } from '@headframe/core/accounting/score'
import { appendSegment } from '../../src/journal/append-segment.js'
import { valueShares, type ValuedShare } from '../../src/journal/value-shares.js'
import { pruneSegments } from '../../src/prune/prune-segments.js'
import { rollUpSegments } from '../../src/rollup/roll-up-segments.js'
import { findWindowEnd } from '../../src/window/find-window-end.js'
import { readWindow } from '../../src/window/read-window.js'
import { createTemplate, openTestDatabase, withCopy } from '../support/test-database.js'
import { START_MS, TestWriter, type TestShare } from '../support/test-writer.js'

let template: Awaited<ReturnType<typeof createTemplate>>

beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

const share = fc.record<TestShare>({
  address: fc.constantFrom('addrA', 'addrB', 'addrC'),
  mode: fc.constantFrom('pplns', 'pplns', 'solo'),
  difficulty: fc.constantFrom(0.125, 0.5, 1, 3.7),
})
const journal = fc.array(
  fc.record({ writer: fc.integer({ min: 0, max: 1 }), shares: fc.array(share, { maxLength: 5 }) }),
  { minLength: 1, maxLength: 10 },
)

/** By definition: every share before the end, newest first, one by one. */
function byDefinition(shares: readonly ValuedShare[], length: bigint): ReturnType<typeof takeWindow> {
  const pplns = shares.filter(({ worker }) => worker.mode === 'pplns')
  return takeWindow(pplns.map(({ worker, score }) => ({ miner: worker.address, score })).reverse(), length)
}

describe('readWindow', () => {
  it('is the window by definition, for every end and any length', async () => {
    await fc.assert(
      fc.asyncProperty(journal, fc.bigInt({ min: 1n, max: 12n * SCORE_UNIT }), async (plan, length) => {
        await withCopy(template.name, async (db) => {
          const writers = [new TestWriter('s00-test'), new TestWriter('s01-test')]
          const before: ValuedShare[] = []
          for (const [n, { writer, shares }] of plan.entries()) {
            const { segment, bytes } = writers[writer]!.seal(shares)
            await appendSegment(db, segment, bytes)
            const values = valueShares(segment)
            for (let index = 0; index <= values.length; index++) {
              const expected = byDefinition([...before, ...values.slice(0, index)], length)
              const { scores, total } = await readWindow(db.pool, { position: BigInt(n + 1), index }, length)
              expect({ scores: sorted(scores), total }).toEqual({
                scores: sorted(expected.scores),
                total: expected.total,
              })
            }
            before.push(...values)
          }
        })
      }),
      { numRuns: 15 },
    )
  })

  it('names the oldest share that counts', async () => {
    await withCopy(template.name, async (db) => {
      const writer = new TestWriter()
      const ones = Array.from({ length: 3 }, () => ({ address: 'addrA' }))
      for (let n = 0; n < 4; n++) {
        const { segment, bytes } = writer.seal([{ address: 'addrB', mode: 'solo' }, ...ones])
        await appendSegment(db, segment, bytes)
      }
      const read = (units: number, index = 4) =>
        readWindow(db.pool, { position: 4n, index }, BigInt(units * 2) * (SCORE_UNIT / 2n))
      expect((await read(2)).start).toEqual({ position: 4n, index: 2 })
      expect((await read(3)).start).toEqual({ position: 4n, index: 1 })
      expect((await read(3.5)).start).toEqual({ position: 3n, index: 3 })
      expect((await read(9, 4)).start).toEqual({ position: 2n, index: 1 })
      expect((await read(100)).start).toEqual({ position: 1n, index: 1 })
      expect((await read(100)).total).toBe(12n * SCORE_UNIT)
      expect(await readWindow(db.pool, { position: 0n, index: 0 }, SCORE_UNIT)).toMatchObject({
        total: 0n,
        start: undefined,
      })
    })
  })
})

describe('findWindowEnd', () => {
  it('waits for the shares before the block, or for the writer to start again without them', async () => {
    await withCopy(template.name, async (db) => {
      const writer = new TestWriter()
      const found = { writerId: writer.writerId, incarnation: 1, windowEndShareSeq: 5n, foundAtMs: START_MS }
      expect(await findWindowEnd(db.pool, found)).toBeUndefined()
      const ship = async (count: number) => {
        const { segment, bytes } = writer.seal(Array.from({ length: count }, () => ({ address: 'addrA' })))
        await appendSegment(db, segment, bytes)
      }
      await ship(3)
      expect(await findWindowEnd(db.pool, found)).toBeUndefined()
      writer.incarnation = 2
      await ship(4)
      // The first incarnation lost its shares 3 and 4; those of the second with these numbers came later.
      expect(await findWindowEnd(db.pool, found)).toEqual({ position: 1n, index: 3, score: 3n * SCORE_UNIT })
      const second = { ...found, incarnation: 2 }
      expect(await findWindowEnd(db.pool, second)).toEqual({ position: 2n, index: 2, score: 5n * SCORE_UNIT })
      expect(await findWindowEnd(db.pool, { ...second, windowEndShareSeq: 7n })).toEqual({
        position: 2n,
        index: 4,
        score: 7n * SCORE_UNIT,
      })
      expect(await findWindowEnd(db.pool, { ...second, windowEndShareSeq: 8n })).toBeUndefined()
    })
  })

  it('takes what others had sealed by then, for a writer without a share', async () => {
    await withCopy(template.name, async (db) => {
      const other = new TestWriter('s01-test')
      for (const atMs of [START_MS, START_MS + 1000, START_MS + 2000]) {
        const { segment, bytes } = other.seal([{ address: 'addrA' }], [], atMs)
        await appendSegment(db, segment, bytes)
      }
      const found = { writerId: 's00-test', incarnation: 1, windowEndShareSeq: 0n }
      const at = (foundAtMs: number) => findWindowEnd(db.pool, { ...found, foundAtMs })
      expect(await at(START_MS + 1500)).toEqual({ position: 2n, index: 1, score: 2n * SCORE_UNIT })
      expect(await at(START_MS - 1)).toEqual({ position: 0n, index: 0, score: 0n })
    })
  })
})

describe('pruneSegments', () => {
  it('keeps what the window needs, and what is not rolled up', async () => {
    const { db, drop } = await openTestDatabase(template.name)
    const writer = new TestWriter()
    for (let n = 0; n < 10; n++) {
      const rejects = [{ address: 'addrB', reason: 'stale-share', count: 1 } as const]
      const { segment, bytes } = writer.seal(
        [{ address: 'addrA' }, { address: 'addrB' }],
        rejects,
        START_MS + n,
      )
      await appendSegment(db, segment, bytes)
    }
    const prune = (units: bigint, sealedBeforeMs = START_MS + 1000) =>
      pruneSegments(db, { sealedBeforeMs, keepScore: units * SCORE_UNIT })
    expect(await prune(4n)).toBe(0)
    await rollUpSegments(db)
    expect(await prune(100n)).toBe(0)
    expect(await prune(4n, START_MS + 3)).toBe(3)
    const window = await readWindow(db.pool, { position: 10n, index: 2 }, 5n * SCORE_UNIT)
    expect(await prune(5n)).toBe(4)
    expect(await prune(5n)).toBe(0)
    expect(await readWindow(db.pool, { position: 10n, index: 2 }, 5n * SCORE_UNIT)).toEqual(window)
    expect(window.total).toBe(5n * SCORE_UNIT)
    // A longer window than was kept takes all there is.
    expect((await readWindow(db.pool, { position: 10n, index: 2 }, 50n * SCORE_UNIT)).total).toBe(
      6n * SCORE_UNIT,
    )
    const rows = await db.prisma.segment.findMany({ orderBy: { position: 'asc' } })
    expect(rows.map(({ payload }) => payload !== null)).toEqual([
      ...Array<boolean>(7).fill(false),
      true,
      true,
      true,
    ])
    expect(await db.prisma.segmentSum.count()).toBe(6)
    expect(await db.prisma.segmentReject.count()).toBe(3)
    await drop()
  })

  it('keeps the window of a block that is not split yet', async () => {
    const { db, drop } = await openTestDatabase(template.name)
    const writer = new TestWriter()
    for (let n = 0; n < 10; n++) {
      const { segment, bytes } = writer.seal([{ address: 'addrA' }])
      await appendSegment(db, segment, bytes)
    }
    await rollUpSegments(db)
    const finder = await db.prisma.worker.findFirstOrThrow()
    await db.prisma.block.create({
      data: {
        hash: '0'.repeat(64),
        height: 1,
        mode: 'pplns',
        finderId: finder.id,
        foundAt: new Date(START_MS),
        nbits: 0x1d00ffff,
        templateValueSats: 1n,
        templateFeesSats: 0n,
        writerId: writer.writerId,
        incarnation: 1,
        windowEndShareSeq: 5n,
        windowEndPosition: 5n,
        windowEndIndex: 1,
        scoreAtFind: (5n * SCORE_UNIT).toString(),
      },
    })
    const prune = () => pruneSegments(db, { sealedBeforeMs: START_MS + 1, keepScore: 2n * SCORE_UNIT })
    const setStatus = (status: 'immature' | 'stale') => db.prisma.block.updateMany({ data: { status } })
    await setStatus('immature')
    // Two units back from the fifth share: the first share that stays is the third.
    expect(await prune()).toBe(2)
    expect((await readWindow(db.pool, { position: 5n, index: 1 }, 2n * SCORE_UNIT)).total).toBe(
      2n * SCORE_UNIT,
    )
    // Found before the oldest segment that has to stay, and still beaten: it will not come back.
    await setStatus('stale')
    expect(await prune()).toBe(6)
    await drop()
  })
})

function sorted(scores: ReadonlyMap<string, bigint>): [string, bigint][] {
  return [...scores].filter(([, score]) => score > 0n).sort(([a], [b]) => (a < b ? -1 : 1))
}
