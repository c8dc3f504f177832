import { minerAccount } from '@headframe/core/accounting/account'
import type { PayoutItem } from '@headframe/core/payout/batch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/database.js'
import { checkLedger } from '../../src/ledger/check-ledger.js'
import { postCorrection } from '../../src/ledger/post-correction.js'
import { readBalances } from '../../src/ledger/read-balances.js'
import { abandonVersion } from '../../src/payout/abandon-version.js'
import { approveBatch, requestBump } from '../../src/payout/approve-batch.js'
import { cancelConflicted, cancelUnsigned } from '../../src/payout/cancel-batch.js'
import { confirmBatch } from '../../src/payout/confirm-batch.js'
import { pausePayouts, readControl, resumePayouts } from '../../src/payout/control.js'
import { fundBatch } from '../../src/payout/fund-batch.js'
import { leadPayouts, LostLead, type Lead } from '../../src/payout/lead-payouts.js'
import { listLiveBatches, readBatch } from '../../src/payout/list-batches.js'
import { listDue, sumPlannedSince } from '../../src/payout/list-due.js'
import { BatchMoved } from '../../src/payout/lock-batch.js'
import { markSent } from '../../src/payout/mark-sent.js'
import { DebtShrank, planBatch } from '../../src/payout/plan-batch.js'
import { reopenBatch } from '../../src/payout/reopen-batch.js'
import { settleBatch } from '../../src/payout/settle-batch.js'
import { signBatch } from '../../src/payout/sign-batch.js'
import { tellProblem } from '../../src/payout/tell-problem.js'
import { readBalance } from '../../src/miner/read-balance.js'
import { paymentOf, psbtOf, scriptOf, signedFormOf } from '../support/payout.js'
import { createTemplate, textRows, withCopy } from '../support/test-database.js'
import { START_MS } from '../support/test-writer.js'

const [ONE, TWO] = [
  'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080',
  'bcrt1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qzf4jry',
]
const ITEMS: readonly PayoutItem[] = [
  { address: ONE, script: scriptOf(ONE), amountSats: 60_000n },
  { address: TWO, script: scriptOf(TWO), amountSats: 40_000n },
]
const BLOCK = 'b'.repeat(64)

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

/** Two miners who are owed 60,000 and 50,000 satoshis. */
function withDebts(use: (db: Database, lead: Lead) => Promise<void>): Promise<void> {
  return withCopy(template.name, async (db) => {
    const owed = [
      [ONE, 60_000n],
      [TWO, 50_000n],
    ] as const
    for (const [address] of owed)
      await db.prisma.miner.create({ data: { address, firstSeenAt: new Date(START_MS) } })
    await postCorrection(
      db,
      {
        author: 'ann',
        reason: 'owed from before',
        postings: [
          { account: 'asset:wallet', amountSats: 110_000n },
          ...owed.map(([address, sats]) => ({
            account: minerAccount(address, 'available'),
            amountSats: -sats,
          })),
        ],
      },
      { nowMs: START_MS, isDryRun: false },
    )
    const led = await leadPayouts(db, (lead) => use(db, lead))
    expect(led).toBeUndefined()
  })
}

const plan = (lead: Lead, needsApproval = false, nowMs = START_MS + 1) =>
  planBatch(lead, { items: ITEMS, feePayer: 'pool', needsApproval }, nowMs)

const PAYMENT = paymentOf(ITEMS)
const SIGNED = signedFormOf(PAYMENT)
const BUMPED = paymentOf(
  ITEMS.map((item) => ({ ...item })),
  1,
)

async function fund(lead: Lead, id: bigint, feeSats: bigint, payment = PAYMENT): Promise<number> {
  const version = { psbt: psbtOf(payment), feeSats, feeRate: 2, fundedHeight: 99, fundedAtMs: START_MS + 2 }
  return fundBatch(
    lead,
    id,
    version,
    ITEMS.map(({ address, amountSats }) => ({ address, sentSats: amountSats })),
  )
}

async function broadcast(lead: Lead): Promise<bigint> {
  const id = await plan(lead)
  await fund(lead, id, 150n)
  await signBatch(lead, id, 1, SIGNED, START_MS + 3)
  await markSent(lead, id, 1, START_MS + 4)
  return id
}

async function books(db: Database): Promise<Record<string, bigint>> {
  expect(await checkLedger(db.pool)).toEqual([])
  const balances = await readBalances(db.pool)
  return Object.fromEntries([...balances].filter(([, sats]) => sats !== 0n))
}

const OWED = {
  'asset:wallet': 110_000n,
  [minerAccount(ONE, 'available')]: -60_000n,
  [minerAccount(TWO, 'available')]: -50_000n,
}
const LOCKED = {
  'asset:wallet': 110_000n,
  [minerAccount(ONE, 'locked')]: -60_000n,
  [minerAccount(TWO, 'available')]: -10_000n,
  [minerAccount(TWO, 'locked')]: -40_000n,
}
const PAID = {
  'asset:wallet': 9_850n,
  'expense:network_fee': 150n,
  [minerAccount(TWO, 'available')]: -10_000n,
}

describe('a payout', () => {
  it('goes from a debt to a payment, and the books follow each step', async () => {
    await withDebts(async (db, lead) => {
      expect(await listDue(db.pool, Date.now())).toEqual([
        {
          address: ONE,
          script: undefined,
          availableSats: 60_000n,
          thresholdSats: undefined,
          owedSinceMs: START_MS,
        },
        {
          address: TWO,
          script: undefined,
          availableSats: 50_000n,
          thresholdSats: undefined,
          owedSinceMs: START_MS,
        },
      ])
      const id = await plan(lead)
      expect(await books(db)).toEqual(LOCKED)
      expect(await listDue(db.pool, Date.now())).toMatchObject([{ address: TWO, availableSats: 10_000n }])
      expect(await sumPlannedSince(db.pool, START_MS)).toBe(100_000n)
      expect(await sumPlannedSince(db.pool, START_MS + 1)).toBe(0n)
      expect(await fund(lead, id, 150n)).toBe(1)
      await signBatch(lead, id, 1, SIGNED, START_MS + 3)
      await markSent(lead, id, 1, START_MS + 4)
      expect(await books(db)).toEqual(LOCKED)
      await confirmBatch(lead, id, { version: 1, blockHash: BLOCK, height: 100 }, START_MS + 5)
      expect(await readBatch(db.pool, id)).toMatchObject({
        state: 'confirmed',
        place: { version: 1, blockHash: BLOCK, height: 100 },
        versions: [{ number: 1, unsigned: PAYMENT, signed: SIGNED, sentAtMs: START_MS + 4 }],
        items: [...ITEMS].sort((a, b) => (a.address < b.address ? -1 : 1)),
      })
      await settleBatch(lead, id, START_MS + 6)
      expect(await books(db)).toEqual(PAID)
      const { id: minerId } = await db.prisma.miner.findUniqueOrThrow({ where: { address: TWO } })
      expect(await readBalance(db.pool, minerId)).toMatchObject({
        availableSats: 10_000n,
        lockedSats: 0n,
        paidSats: 40_000n,
      })
      expect(await listLiveBatches(db.pool, 99)).toHaveLength(1)
      expect(await listLiveBatches(db.pool, 100)).toEqual([])
      expect(await textRows(db, `SELECT what FROM payout_event ORDER BY id`)).toEqual(
        ['planned', 'funded', 'signed', 'broadcast', 'broadcast', 'settled'].map((what) => `(${what})`),
      )
    })
  })

  it('of more than is owed is not planned, also when it was owed a moment ago', async () => {
    await withDebts(async (db, lead) => {
      await plan(lead)
      await expect(plan(lead)).rejects.toThrow(DebtShrank)
      expect(await books(db)).toEqual(LOCKED)
      expect(await listLiveBatches(db.pool, 100)).toHaveLength(1)
    })
  })

  it('that loses its block is owed again until it has another, and is paid once', async () => {
    await withDebts(async (db, lead) => {
      const id = await broadcast(lead)
      const place = { version: 1, blockHash: BLOCK, height: 100 }
      for (let time = 1; time <= 2; time++) {
        await confirmBatch(lead, id, place, START_MS + 5)
        await settleBatch(lead, id, START_MS + 6)
        expect(await books(db)).toEqual(PAID)
        await reopenBatch(lead, id, START_MS + 7)
        expect(await books(db)).toEqual(LOCKED)
      }
    })
  })

  it('with a higher fee is settled by the version that has confirmed', async () => {
    await withDebts(async (db, lead) => {
      const id = await broadcast(lead)
      await requestBump(db, id, 'ann', START_MS + 5)
      expect(await readBatch(db.pool, id)).toMatchObject({ bumpRequested: true })
      expect(await fund(lead, id, 950n, BUMPED)).toBe(2)
      const batch = await readBatch(db.pool, id)
      expect(batch).toMatchObject({ state: 'broadcast', bumpRequested: false, versions: [{}, { number: 2 }] })
      await confirmBatch(lead, id, { version: 1, blockHash: BLOCK, height: 100 }, START_MS + 6)
      await settleBatch(lead, id, START_MS + 7)
      expect(await books(db)).toMatchObject({ 'expense:network_fee': 150n })
    })
  })

  it('is given back by a cancellation, once, and only before it was signed or when its coins are gone', async () => {
    await withDebts(async (db, lead) => {
      const first = await plan(lead)
      await fund(lead, first, 150n)
      const why = { atMs: START_MS + 5, detail: 'wrong day', author: 'ann' }
      await cancelUnsigned(db, first, why)
      expect(await books(db)).toEqual(OWED)
      await expect(cancelUnsigned(db, first, why)).rejects.toThrow(`Payout batch ${first} is cancelled`)
      const second = await broadcast(lead)
      await expect(cancelUnsigned(db, second, why)).rejects.toThrow(BatchMoved)
      await cancelConflicted(lead, second, { atMs: START_MS + 6, detail: 'spent elsewhere' })
      expect(await books(db)).toEqual(OWED)
    })
  })

  it('whose unsigned version is given up is funded again', async () => {
    await withDebts(async (db, lead) => {
      const id = await plan(lead)
      await fund(lead, id, 150n)
      await abandonVersion(lead, id, 1, 'its coins are gone', START_MS + 3)
      expect(await readBatch(db.pool, id)).toMatchObject({ state: 'planned', versions: [] })
      await expect(signBatch(lead, id, 1, SIGNED, START_MS + 4)).rejects.toThrow(BatchMoved)
      expect(await fund(lead, id, 160n)).toBe(2)
      await expect(signBatch(lead, id, 1, SIGNED, START_MS + 4)).rejects.toThrow('is signed or given up')
      await signBatch(lead, id, 2, SIGNED, START_MS + 4)
    })
  })

  it('above an amount waits for somebody to agree', async () => {
    await withDebts(async (db, lead) => {
      const id = await plan(lead, true)
      await expect(fund(lead, id, 150n)).rejects.toThrow('has to be approved first')
      await approveBatch(db, id, 'ann', START_MS + 2)
      await fund(lead, id, 150n)
      await expect(approveBatch(db, id, 'ann', START_MS + 3)).rejects.toThrow('is funded')
    })
  })

  it('says why it does not go on, since when, and that it does again', async () => {
    await withDebts(async (db, lead) => {
      const id = await plan(lead)
      const stated = { problem: 'insufficient-funds', detail: '1 is there' }
      expect(await tellProblem(lead, id, stated, START_MS + 5)).toBe(true)
      expect(await tellProblem(lead, id, { ...stated, detail: '2 are there' }, START_MS + 6)).toBe(false)
      expect(await db.prisma.payoutBatch.findUnique({ where: { id } })).toMatchObject({
        problem: 'insufficient-funds',
        problemDetail: '2 are there',
        problemSince: new Date(START_MS + 5),
      })
      expect(await tellProblem(lead, id, undefined, START_MS + 7)).toBe(true)
      expect(await tellProblem(lead, id, undefined, START_MS + 8)).toBe(false)
      expect(await tellProblem(lead, undefined, { problem: 'node-away', detail: 'x' }, START_MS + 9)).toBe(
        true,
      )
      expect(await readControl(db.pool)).toMatchObject({
        problem: { problem: 'node-away', sinceMs: START_MS + 9 },
      })
    })
  })
})

describe('payouts', () => {
  it('are paused and resumed by name', async () => {
    await withDebts(async (db) => {
      await pausePayouts(db, 'ann', 'audit', START_MS)
      await pausePayouts(db, 'bob', 'lunch', START_MS + 1)
      expect(await readControl(db.pool)).toMatchObject({
        paused: { by: 'ann', reason: 'audit', sinceMs: START_MS },
      })
      await resumePayouts(db, 'bob', START_MS + 2)
      expect(await readControl(db.pool)).toMatchObject({ paused: undefined })
    })
  })

  it('have one leader: another gets no turn, and one who was succeeded writes nothing', async () => {
    await withDebts(async (db, lead) => {
      expect(await leadPayouts(db, () => Promise.resolve('led'))).toBe('led-by-another')
      // As when the connection with the lock has broken, and another took over.
      await db.pool.query('UPDATE payout_control SET leader_token = leader_token + 1')
      await expect(plan(lead)).rejects.toThrow(LostLead)
      expect(await db.prisma.payoutBatch.count()).toBe(0)
    })
    await withDebts(async (db, lead) => {
      expect(lead.token).toBe(1n)
      expect(await books(db)).toEqual(OWED)
    })
  })

  it('that were written down are never others, and skip no step', async () => {
    await withDebts(async (db, lead) => {
      const id = await broadcast(lead)
      for (const sql of [
        `UPDATE payout_version SET raw = '\\x00'`,
        `UPDATE payout_version SET psbt = ''`,
        `UPDATE payout_item SET amount_sats = 1`,
        `UPDATE payout_batch SET total_sats = 1`,
        `UPDATE payout_batch SET state = 'settled'`,
        `UPDATE payout_batch SET state = 'planned'`,
        'DELETE FROM payout_version',
        'DELETE FROM payout_item',
        'TRUNCATE payout_batch CASCADE',
        'DELETE FROM payout_event',
      ]) {
        await expect(db.pool.query(sql), sql).rejects.toThrow(/cannot|is refused/)
      }
      await expect(settleBatch(lead, id, START_MS)).rejects.toThrow(BatchMoved)
    })
  })

  it('are checked by something that can fail', async () => {
    await withDebts(async (db, lead) => {
      const id = await broadcast(lead)
      await db.pool.query('ALTER TABLE payout_batch DISABLE TRIGGER USER')
      await db.pool.query(`UPDATE payout_batch SET state = 'cancelled' WHERE id = $1`, [id])
      expect((await checkLedger(db.pool)).map(({ code, subject }) => [code, subject])).toEqual([
        ['locked-differs-from-payouts', TWO],
        ['locked-differs-from-payouts', ONE],
        ['payout-misbooked', `payout batch ${id}`],
      ])
    })
  })
})
