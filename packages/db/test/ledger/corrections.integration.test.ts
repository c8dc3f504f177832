import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FEE_INCOME, minerAccount, OPERATOR, WALLET } from '@headframe/core/accounting/account'
import type { Correction } from '@headframe/core/accounting/correction'
import type { Database } from '../../src/database.js'
import { checkLedger } from '../../src/ledger/check-ledger.js'
import { listHistory } from '../../src/ledger/list-history.js'
import { CorrectionRefused, postCorrection, reverseCorrection } from '../../src/ledger/post-correction.js'
import { readBalances } from '../../src/ledger/read-balances.js'
import { findBlock, hashOf } from '../support/found-block.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { START_MS } from '../support/test-writer.js'

const ANA = { author: 'Ana', reason: 'an outage' }
const OPTIONS = { nowMs: START_MS + 1_000, isDryRun: false }
const AVAILABLE = minerAccount('addrA', 'available')

let template: Awaited<ReturnType<typeof createTemplate>>
beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

/** A database in which addrA is owed the whole of a block, less the fee. */
function withDebt<T>(use: (db: Database, owedSats: bigint) => Promise<T>): Promise<T> {
  return withCopy(template.name, async (db) => {
    const block = { n: 1, foundAtMs: START_MS, address: 'addrA', status: 'mature' } as const
    await findBlock(db, { ...block, scores: new Map([['addrA', 1n]]) })
    const result = await use(db, -(await readBalances(db.pool)).get(AVAILABLE)!)
    expect(await checkLedger(db.pool)).toEqual([])
    return result
  })
}

const give = (amountSats: bigint, account = AVAILABLE): Correction => ({
  ...ANA,
  postings: [
    { account: FEE_INCOME, amountSats },
    { account, amountSats: -amountSats },
  ],
})

describe('a correction', () => {
  it('is a transaction of its own, with its author and reason in the history', async () => {
    await withDebt(async (db, owedSats) => {
      const { transactionId, accounts } = await postCorrection(db, give(7n), OPTIONS)
      expect(accounts.map(({ account, balanceSats }) => [account, balanceSats])).toEqual([
        [FEE_INCOME, expect.any(BigInt)],
        [AVAILABLE, -owedSats - 7n],
      ])
      const history = (await listHistory(db.pool, 'addrA', 10))!
      expect(
        history.map(({ kind, account, amountSats }) => [kind, account.split(':').at(-1), amountSats]),
      ).toEqual([
        ['block-credit', 'immature', -owedSats],
        ['block-mature', 'immature', owedSats],
        ['block-mature', 'available', -owedSats],
        ['correction', 'available', -7n],
      ])
      expect(history.map(({ balanceSats }) => balanceSats)).toEqual([
        -owedSats,
        0n,
        -owedSats,
        -owedSats - 7n,
      ])
      expect(history[0]).toMatchObject({ blockHash: hashOf(1), height: 101, reason: undefined })
      expect(history.at(-1)).toMatchObject({
        transactionId,
        ...ANA,
        postedAtMs: OPTIONS.nowMs,
        blockHash: undefined,
      })
      // Of so long a history only the newest lines are read, and their balances are the same.
      expect(await listHistory(db.pool, 'addrA', 2)).toEqual(history.slice(-2))
      expect(await listHistory(db.pool, AVAILABLE, 10)).toEqual(history.slice(2))
      expect(await listHistory(db.pool, WALLET, 10)).toHaveLength(1)
      expect(await listHistory(db.pool, 'addrZ', 10)).toBeUndefined()
    })
  })

  it('tried only leaves nothing behind', async () => {
    await withDebt(async (db, owedSats) => {
      const tried = await postCorrection(db, give(7n), { ...OPTIONS, isDryRun: true })
      expect(tried.accounts[1]).toEqual({ account: AVAILABLE, amountSats: -7n, balanceSats: -owedSats - 7n })
      expect((await readBalances(db.pool)).get(AVAILABLE)).toBe(-owedSats)
      expect(await db.prisma.ledgerCorrection.count()).toBe(0)
    })
  })

  it('opens an account of the pool, or of a miner it knows', async () => {
    await withDebt(async (db) => {
      const postings = [
        { account: WALLET, amountSats: 100n },
        { account: OPERATOR, amountSats: -100n },
      ]
      await postCorrection(db, { author: 'Ana', reason: 'deposit', postings }, OPTIONS)
      await db.prisma.miner.create({ data: { address: 'addrB', firstSeenAt: new Date(START_MS) } })
      await postCorrection(db, give(5n, minerAccount('addrB', 'available')), OPTIONS)
      const balances = await readBalances(db.pool)
      expect([OPERATOR, minerAccount('addrB', 'available')].map((name) => balances.get(name))).toEqual([
        -100n,
        -5n,
      ])
    })
  })

  it.each<[string, Partial<Correction>, string]>([
    [
      'that does not sum to 0',
      {
        postings: [
          { account: WALLET, amountSats: 1n },
          { account: AVAILABLE, amountSats: -2n },
        ],
      },
      'sum to -1 satoshis',
    ],
    ['of one account', { postings: [{ account: WALLET, amountSats: 1n }] }, 'two accounts or more'],
    ['of nothing', { postings: [] }, 'two accounts or more'],
    [
      'that names an account twice',
      {
        postings: [
          { account: WALLET, amountSats: 1n },
          { account: WALLET, amountSats: -1n },
        ],
      },
      'named twice',
    ],
    [
      'that moves nothing',
      {
        postings: [
          { account: WALLET, amountSats: 0n },
          { account: AVAILABLE, amountSats: 0n },
        ],
      },
      'move nothing',
    ],
    ['on an unknown account', give(1n, 'asset:walet'), 'no account asset:walet'],
    [
      'on an unknown miner',
      give(1n, minerAccount('addrZ', 'available')),
      'no account liability:miner:addrZ:available',
    ],
    [
      'on what a payout has locked',
      give(1n, minerAccount('addrA', 'locked')),
      'follows its blocks and payouts',
    ],
    ['without an author', { author: '  ' }, 'The author is missing'],
    ['without a reason', { reason: '' }, 'The reason is missing'],
    ['with a reason of two lines', { reason: 'a\nb' }, 'cannot be printed'],
    ['with a reason that has no end', { reason: 'a'.repeat(501) }, 'longer than 500'],
  ])('%s is refused, and says why', async (_, change, message) => {
    await withDebt(async (db) => {
      const before = await readBalances(db.pool)
      const refused = await postCorrection(db, { ...give(1n), ...change }, OPTIONS).catch(
        (error: unknown) => error,
      )
      expect(refused).toBeInstanceOf(CorrectionRefused)
      expect((refused as Error).message).toContain(message)
      expect(await readBalances(db.pool)).toEqual(before)
    })
  })

  it('takes no more than is owed, also when two take at once', async () => {
    await withDebt(async (db, owedSats) => {
      await expect(postCorrection(db, give(-owedSats - 1n), OPTIONS)).rejects.toThrow(
        `takes more from ${AVAILABLE}`,
      )
      const take = () => postCorrection(db, give(-(owedSats / 2n) - 1n), OPTIONS)
      const taken = await Promise.allSettled([take(), take(), take()])
      expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
      expect((await readBalances(db.pool)).get(AVAILABLE)).toBeLessThan(0n)
    })
  })

  it('stands for good, and cannot be posted past its author and reason', async () => {
    await withDebt(async (db) => {
      await postCorrection(db, give(7n), OPTIONS)
      for (const sql of [`UPDATE ledger_correction SET reason = 'x'`, 'DELETE FROM ledger_correction'])
        await expect(db.pool.query(sql), sql).rejects.toThrow('is refused')
      const bare = `WITH posted AS (INSERT INTO ledger_transaction (kind, posted_at) VALUES ('correction', now()) RETURNING id)
        INSERT INTO ledger_entry SELECT posted.id, account.id, CASE account.name WHEN $1 THEN 1 ELSE -1 END
        FROM posted, ledger_account account WHERE account.name IN ($1, $2)`
      await expect(db.pool.query(bare, [WALLET, AVAILABLE])).rejects.toThrow('no author and no reason')
    })
  })
})

describe('a reversal', () => {
  it('takes a correction back, once', async () => {
    await withDebt(async (db, owedSats) => {
      const { transactionId } = await postCorrection(db, give(7n), OPTIONS)
      await reverseCorrection(db, transactionId, { author: 'Bo', reason: 'wrong miner' }, OPTIONS)
      expect((await readBalances(db.pool)).get(AVAILABLE)).toBe(-owedSats)
      const [last] = (await listHistory(db.pool, AVAILABLE, 1))!
      expect(last).toMatchObject({
        author: 'Bo',
        reason: 'wrong miner',
        reversesId: transactionId,
        amountSats: 7n,
      })
      await expect(reverseCorrection(db, transactionId, ANA, OPTIONS)).rejects.toThrow('reversed already')
    })
  })

  it('is only for corrections: the rest follows the chain', async () => {
    await withDebt(async (db) => {
      await expect(reverseCorrection(db, 1n, ANA, OPTIONS)).rejects.toThrow('Transaction 1 is a block-credit')
      await expect(reverseCorrection(db, 99n, ANA, OPTIONS)).rejects.toThrow('no transaction 99')
    })
  })
})
