import { scoreOfShare, SCORE_UNIT } from '@headframe/core/accounting/score'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database.js'
import { creditStretch, hasUnpaidFpps, type FppsTerms } from '../../src/fpps/credit-stretch.js'
import { appendSegment } from '../../src/journal/append-segment.js'
import { findMiner } from '../../src/miner/find-miner.js'
import {
  listShareEarnings,
  sumShareEarnings,
  type ShareEarning,
} from '../../src/miner/list-share-earnings.js'
import { checkLedger } from '../../src/ledger/check-ledger.js'
import { readAccount } from '../../src/ledger/read-account.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { NBITS_1, START_MS, TestWriter, type TestShare } from '../support/test-writer.js'

const TERMS: FppsTerms = {
  past: { subsidySats: 312_500_000n, feesSats: 7_000_003n, blockCount: 2 },
  feeBasisPoints: 400,
  tipHash: 'a'.repeat(64),
}
const RATE = ((2n * 312_500_000n + 7_000_003n) * 9_600n) / 20_000n

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

/** What the pool owes him. */
const owed = async (db: Database, miner: string): Promise<bigint> =>
  -(await readAccount(db.pool, `liability:miner:${miner}:available`))

async function ship(db: Database, writer: TestWriter, ...shares: TestShare[]): Promise<void> {
  const { segment, bytes } = writer.seal(shares)
  await appendSegment(db, segment, bytes)
}

const fpps = (address: string, difficulty: number): TestShare => ({ address, difficulty, mode: 'fpps' })

describe('FPPS shares', () => {
  it('are paid once, by the cumulative floor, however they are cut into stretches', async () => {
    const share = fc.tuple(fc.constantFrom('addrA', 'addrB'), fc.constantFrom(0.25, 1e-7, 3e-9, 2e-10))
    const rounds = fc.array(
      fc.record({ shares: fc.array(share, { minLength: 1, maxLength: 4 }), isPaid: fc.boolean() }),
      { minLength: 1, maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(rounds, async (given) => {
        await withCopy(template.name, async (db) => {
          const writer = new TestWriter()
          const scores = new Map<string, bigint>()
          for (const { shares, isPaid } of given) {
            await ship(db, writer, ...shares.map(([address, difficulty]) => fpps(address, difficulty)))
            for (const [address, difficulty] of shares)
              scores.set(address, (scores.get(address) ?? 0n) + scoreOfShare(difficulty, NBITS_1))
            if (isPaid) await creditStretch(db, TERMS, START_MS)
          }
          await Promise.all([creditStretch(db, TERMS, START_MS), creditStretch(db, TERMS, START_MS)])
          expect(await creditStretch(db, undefined, START_MS)).toEqual({ creditedSats: 0n, isBehind: false })
          let sum = 0n
          for (const [address, score] of scores) {
            const amountSats = (score * RATE) / SCORE_UNIT
            expect(await owed(db, address)).toBe(amountSats)
            sum += amountSats
          }
          expect(await readAccount(db.pool, 'equity:fpps_reserve')).toBe(sum)
          expect(await checkLedger(db.pool)).toEqual([])
        })
      }),
      { numRuns: 12 },
    )
  })

  it('are told from those of other modes, which nobody needs to know the worth of', async () => {
    await withCopy(template.name, async (db) => {
      const writer = new TestWriter()
      await ship(db, writer, { address: 'addrA', difficulty: 5 }, { address: 'addrB', mode: 'solo' })
      expect(await hasUnpaidFpps(db.pool)).toBe(false)
      await creditStretch(db, undefined, START_MS)
      await ship(db, writer, fpps('addrA', 1), { address: 'addrA', difficulty: 5 })
      expect(await hasUnpaidFpps(db.pool)).toBe(true)
      await expect(creditStretch(db, undefined, START_MS)).rejects.toThrow('nobody knew')
      await creditStretch(db, TERMS, START_MS)
      expect(await owed(db, 'addrA')).toBe((scoreOfShare(1, NBITS_1) * RATE) / SCORE_UNIT)
      expect(await hasUnpaidFpps(db.pool)).toBe(false)
    })
  })

  it('are paid by the rate of their stretch, and what was written of it stays', async () => {
    await withCopy(template.name, async (db) => {
      const writer = new TestWriter()
      await ship(db, writer, fpps('addrA', 0.5))
      await creditStretch(db, TERMS, START_MS)
      await ship(db, writer, fpps('addrA', 0.5))
      await creditStretch(db, { ...TERMS, feeBasisPoints: 10_000 }, START_MS + 1)
      expect(await owed(db, 'addrA')).toBe((scoreOfShare(0.5, NBITS_1) * RATE) / SCORE_UNIT)
      const stretches = await db.prisma.fppsStretch.findMany({ orderBy: { endPosition: 'asc' } })
      expect(stretches).toMatchObject([
        { rateSats: RATE, feeBlocks: 2, feesSats: 7_000_003n },
        { rateSats: 0n, transactionId: null },
      ])
      await expect(db.pool.query('UPDATE fpps_credit SET amount_sats = 0')).rejects.toThrow('is refused')
      await expect(db.pool.query('DELETE FROM fpps_stretch')).rejects.toThrow('is refused')
    })
  })

  it('are checked by something that can fail', async () => {
    const damages = {
      'UPDATE fpps_credit SET amount_sats = amount_sats + 1': ['fpps-differs-from-scores', 'fpps-misbooked'],
      'UPDATE fpps_credit SET score = score - 1': ['fpps-differs-from-scores'],
      'UPDATE fpps_stretch SET rate_sats = rate_sats + 1': ['fpps-differs-from-scores'],
      'UPDATE fpps_stretch SET transaction_id = NULL': ['fpps-misbooked', 'fpps-without-shares'],
    }
    for (const [sql, codes] of Object.entries(damages)) {
      await withCopy(template.name, async (db) => {
        await ship(db, new TestWriter(), fpps('addrA', 0.5))
        await creditStretch(db, TERMS, START_MS)
        expect(await checkLedger(db.pool)).toEqual([])
        await db.pool.query(
          `ALTER TABLE fpps_credit DISABLE TRIGGER ALL; ALTER TABLE fpps_stretch DISABLE TRIGGER ALL; ${sql}`,
        )
        expect((await checkLedger(db.pool)).map(({ code }) => code).sort(), sql).toEqual(codes)
      })
    }
  })
})

describe('what a miner was paid for FPPS shares', () => {
  it('is listed by days, newest first, page by page, and comes to what the ledger has booked', async () => {
    const DAY = 86_400_000
    // Far apart and close together, more than one a day, and one at midnight.
    const times = [0, 0.2, 0.9, 1, 5, 5.5, 40, 41].map((days) => Math.floor(START_MS / DAY + days) * DAY)
    await withCopy(template.name, async (db) => {
      const writer = new TestWriter()
      for (const atMs of times) {
        await ship(db, writer, fpps('addrA', 0.25), fpps('addrB', 1e-7))
        await creditStretch(db, TERMS, atMs)
      }
      const { minerId } = (await findMiner(db.pool, 'addrA'))!
      const seen: ShareEarning[] = []
      let beforeMs: number | undefined
      do {
        const page = await listShareEarnings(db.pool, minerId, beforeMs, 3)
        expect(page.days.length).toBeLessThanOrEqual(3)
        seen.push(...page.days)
        beforeMs = page.beforeMs
      } while (beforeMs !== undefined)
      expect(seen.map(({ dayMs }) => dayMs)).toEqual([...new Set(times)].reverse())
      expect(seen.reduce((sum, { creditCount }) => sum + creditCount, 0)).toBe(times.length)
      const paid = seen.reduce((sum, { amountSats }) => sum + amountSats, 0n)
      expect(paid).toBe(await owed(db, 'addrA'))
      expect(await sumShareEarnings(db.pool, minerId)).toBe(paid)
      expect(seen[0]).toMatchObject({ lowRateSats: RATE, highRateSats: RATE })
    })
  })
})
