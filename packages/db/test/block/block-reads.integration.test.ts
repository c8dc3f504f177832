import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listBlockEarnings } from '../../src/block/list-block-earnings.js'
import { listBlocks, type BlockCursor } from '../../src/block/list-blocks.js'
import { readBlock } from '../../src/block/read-block.js'
import { readSplit } from '../../src/block/read-split.js'
import type { Database } from '../../src/database.js'
import { FEES_SATS, findBlock, hashOf, SUBSIDY_SATS } from '../support/found-block.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { START_MS } from '../support/test-writer.js'

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

async function addMiners(db: Database, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    await db.prisma.miner.create({ data: { address, firstSeenAt: new Date(START_MS) } })
  }
}

describe('listBlocks', () => {
  it('shows each block once, the newest first, whatever the page size', async () => {
    const times = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 1, max: 4 }), async (foundAfterMs, limit) => {
        await withCopy(template.name, async (db) => {
          const blocks = foundAfterMs.map((ms, n) => ({ n, foundAtMs: START_MS + ms }))
          for (const block of blocks) await findBlock(db, { ...block, address: 'addrA', status: 'candidate' })
          const expected = [...blocks]
            .sort((a, b) => b.foundAtMs - a.foundAtMs || b.n - a.n)
            .map(({ n }) => hashOf(n))
          const seen: string[] = []
          let cursor: BlockCursor | undefined
          for (;;) {
            const page = await listBlocks(db.pool, cursor, limit)
            expect(page.length).toBeLessThanOrEqual(limit)
            seen.push(...page.map(({ hash }) => hash))
            cursor = page.at(-1)
            if (cursor === undefined) break
          }
          expect(seen).toEqual(expected)
        })
      }),
      { numRuns: 12 },
    )
  })

  it('gives each round the score since the block before it, stale ones included', async () => {
    await withCopy(template.name, async (db) => {
      await addMiners(db, ['addrB'])
      const block = { address: 'addrA', status: 'candidate' } as const
      await findBlock(db, { ...block, n: 1, foundAtMs: START_MS, scoreAtFind: 10n })
      const scores = new Map([['addrB', 1n]])
      await findBlock(db, {
        ...block,
        n: 2,
        foundAtMs: START_MS + 1,
        scoreAtFind: 15n,
        status: 'stale',
        scores,
      })
      await findBlock(db, { ...block, n: 3, foundAtMs: START_MS + 2, scoreAtFind: 40n })
      await findBlock(db, { ...block, n: 4, foundAtMs: START_MS + 3 })
      const listed = await listBlocks(db.pool, undefined, 10)
      expect(listed.map(({ roundScore }) => roundScore)).toEqual([undefined, 25n, 5n, 10n])
      expect(listed.map(({ coinbaseValueSats }) => coinbaseValueSats)).toEqual([
        undefined,
        undefined,
        SUBSIDY_SATS + FEES_SATS,
        undefined,
      ])
      expect(listed[0]).toMatchObject({
        finder: { address: 'addrA', workerName: 'rig' },
        templateValueSats: SUBSIDY_SATS,
        mode: 'pplns',
        status: 'candidate',
      })
    })
  })
})

describe('one block', () => {
  it('is not there when the pool did not find it, and not split before it is settled', async () => {
    await withCopy(template.name, async (db) => {
      await findBlock(db, { n: 1, foundAtMs: START_MS, address: 'addrA', status: 'candidate' })
      expect(await readBlock(db.pool, hashOf(1))).toMatchObject({ height: 101, confirmations: 0 })
      expect(await readBlock(db.pool, hashOf(2))).toBeUndefined()
      expect(await readSplit(db.pool, hashOf(1))).toBeUndefined()
      expect(await listBlockEarnings(db.pool, hashOf(1), undefined, 5)).toEqual([])
    })
  })

  it('shows its whole split in the order in which it was cut, page by page', async () => {
    await withCopy(template.name, async (db) => {
      const scores = new Map(
        ['addrC', 'addrA', 'addrE', 'addrB', 'addrD'].map((address, n) => [address, BigInt(n + 1)]),
      )
      await addMiners(db, [...scores.keys()])
      await findBlock(db, { n: 1, foundAtMs: START_MS, address: 'addrA', status: 'immature', scores })
      const split = (await readSplit(db.pool, hashOf(1)))!
      expect(split).toMatchObject({
        coinbaseValueSats: SUBSIDY_SATS + FEES_SATS,
        subsidySats: SUBSIDY_SATS,
        feesSats: FEES_SATS,
        windowTotal: 15n,
        minerCount: 5,
        pplnsWindow: 4,
      })
      const first = await listBlockEarnings(db.pool, hashOf(1), undefined, 3)
      const rest = await listBlockEarnings(db.pool, hashOf(1), first.at(-1)?.address, 3)
      const lines = [...first, ...rest]
      expect(lines.map(({ address }) => address)).toEqual([...scores.keys()].sort())
      expect(lines.reduce((sum, { amountSats }) => sum + amountSats, 0n)).toBe(split.rewardSats)
      expect(lines.map(({ prefixBefore }) => prefixBefore)).toEqual([
        0n,
        ...lines.slice(0, -1).map((line) => line.prefixAfter),
      ])
    })
  })

  it('shows who has scored nothing where his address stands, on whatever page, and nothing behind who has no line', async () => {
    await withCopy(template.name, async (db) => {
      const named = ['addrA', 'addrC', 'addrE']
      const finders = ['addr0', 'addrB', 'addrD', 'addrF']
      await addMiners(db, [...named, ...finders])
      for (const [n, finder] of finders.entries()) {
        const scores = new Map(named.map((address) => [address, 5n]))
        await findBlock(db, { n, foundAtMs: START_MS, address: 'addrA', status: 'immature', scores })
        const at = named.filter((address) => address < finder).length * 5
        await db.pool.query(
          `BEGIN; SET LOCAL session_replication_role = replica;
           INSERT INTO earning (block_hash, miner_id, amount_sats, bonus_sats, score, prefix_before, prefix_after)
           SELECT '${hashOf(n)}', id, 9, 9, 0, ${at}, ${at} FROM miner WHERE address = '${finder}'; COMMIT`,
        )
        const expected = [...named, finder].sort()
        const all = await listBlockEarnings(db.pool, hashOf(n), undefined, 9)
        expect(all.map(({ address }) => address)).toEqual(expected)
        for (const [at, address] of expected.entries())
          expect(await listBlockEarnings(db.pool, hashOf(n), address, 9)).toEqual(all.slice(at + 1))
      }
      expect(await listBlockEarnings(db.pool, hashOf(0), 'addrD', 9)).toEqual([])
    })
  })
})
