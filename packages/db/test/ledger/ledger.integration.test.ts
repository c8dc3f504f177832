import type { NodeAnswer } from '@headframe/core/block/candidate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { minerAccount } from '@headframe/core/accounting/account'
import { splitReward, type RewardSplit } from '@headframe/core/accounting/split-reward'
import { creditBlock } from '../../src/block/credit-block.js'
import { listUnbookedBlocks } from '../../src/block/list-unbooked-blocks.js'
import { matureBlock } from '../../src/block/mature-block.js'
import { listAnswers } from '../../src/block/list-answers.js'
import { recordAnswer } from '../../src/block/record-answer.js'
import { recordCandidate } from '../../src/block/record-candidate.js'
import { reverseBlock } from '../../src/block/reverse-block.js'
import { updateBlockStatus } from '../../src/block/update-block-status.js'
import { listWatchedBlocks } from '../../src/block/list-watched-blocks.js'
import type { Database } from '../../src/database.js'
import type { BlockStatus } from '../../src/generated/enums.js'
import { checkLedger } from '../../src/ledger/check-ledger.js'
import { measureLedger } from '../../src/ledger/measure-ledger.js'
import { postTransaction } from '../../src/ledger/post-transaction.js'
import { readBalances } from '../../src/ledger/read-balances.js'
import { inTransaction } from '../../src/transaction.js'
import { candidateOf } from '../support/candidate-of.js'
import { createTemplate, textRows, withCopy } from '../support/test-database.js'
import { START_MS } from '../support/test-writer.js'

const HASHES = ['a', 'b', 'c'].map((digit) => digit.repeat(64))
const SUBSIDY_SATS = 5_000_000_000n
const SCORES = new Map([
  ['addrB', 1n],
  ['addrA', 2n],
  ['addrC', 4n],
  ['addrNone', 0n],
])

function splitOf(n: number): RewardSplit {
  return splitReward(
    { coinbaseValueSats: SUBSIDY_SATS + BigInt(n), feeBasisPoints: n === 1 ? 0 : 150 },
    SCORES,
  )
}

async function credit(db: Database, n: number) {
  const rest = {
    donationSats: 0n,
    subsidySats: SUBSIDY_SATS,
    feeBasisPoints: 150,
    pplnsWindow: 4,
    windowStart: undefined,
  }
  return creditBlock(db, HASHES[n]!, { reward: splitOf(n), ...rest }, START_MS)
}

let template: Awaited<ReturnType<typeof createTemplate>>

/** A database with three candidates, and miners who earn. */
function withBlocks<T>(use: (db: Database) => Promise<T>): Promise<T> {
  return withCopy(template.name, async (db) => {
    for (const hash of HASHES) await recordCandidate(db, candidateOf(hash))
    for (const address of ['addrB', 'addrC', 'addrNone']) {
      await db.prisma.miner.create({ data: { address, firstSeenAt: new Date(START_MS) } })
    }
    return use(db)
  })
}

async function setStatus(db: Database, n: number, status: BlockStatus): Promise<void> {
  const known = (await listWatchedBlocks(db.pool, 0)).find(({ hash }) => hash === HASHES[n])!
  expect(await updateBlockStatus(db.pool, known, status, 1)).toBe(true)
}

beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

describe('the ledger', () => {
  it('refuses to be changed', async () => {
    await withBlocks(async (db) => {
      await setStatus(db, 0, 'immature')
      await credit(db, 0)
      const tables = ['ledger_account', 'ledger_transaction', 'ledger_entry', 'settlement', 'earning']
      const before = await textRows(
        db,
        tables.map((table) => `SELECT t::text FROM ${table} t`).join(' UNION ALL '),
      )
      for (const table of tables) {
        const { rows } = await db.pool.query<{ column: string }>(
          `SELECT attname AS column FROM pg_attribute WHERE attrelid = $1::regclass AND attnum = 1`,
          [table],
        )
        const column = rows[0]!.column
        for (const sql of [
          `UPDATE ${table} SET ${column} = ${column}`,
          `DELETE FROM ${table}`,
          `TRUNCATE ${table} CASCADE`,
        ]) {
          await expect(db.pool.query(sql), sql).rejects.toThrow('is refused')
        }
      }
      expect(
        await textRows(db, tables.map((table) => `SELECT t::text FROM ${table} t`).join(' UNION ALL ')),
      ).toEqual(before)
    })
  })

  it('takes no transaction that does not sum to zero, and no entry behind one', async () => {
    await withBlocks(async (db) => {
      const post = (amounts: readonly bigint[], id = 900) =>
        inTransaction(db.pool, async (client) => {
          await client.query(
            `INSERT INTO ledger_transaction (id, kind, posted_at) VALUES ($1, 'block-credit', now()) ON CONFLICT DO NOTHING`,
            [id],
          )
          await client.query(
            `INSERT INTO ledger_account (name) SELECT 'asset:' || n FROM generate_series(1, 3) n ON CONFLICT DO NOTHING`,
          )
          await client.query(
            `INSERT INTO ledger_entry (transaction_id, account_id, amount_sats)
             SELECT $1, account.id, amount FROM unnest($2::bigint[]) WITH ORDINALITY AS part (amount, n)
             JOIN ledger_account account ON account.name = 'asset:' || n`,
            [id, amounts],
          )
        })
      await expect(post([5n, -4n])).rejects.toThrow('2 entries that sum to 1')
      await expect(post([])).rejects.toThrow('0 entries')
      await expect(post([5n, 0n, -5n])).rejects.toThrow('moves_something')
      expect(await db.prisma.ledgerTransaction.count()).toBe(0)
      await post([5n, -5n])
      const late = `INSERT INTO ledger_entry SELECT 900, id, 0 + $1 FROM ledger_account WHERE name = 'asset:3'`
      await expect(db.pool.query(late, [7])).rejects.toThrow('has its entries already')
      const unbalanced = {
        kind: 'block-credit',
        of: { blockHash: HASHES[0]! },
        occurrence: 1,
        postedAtMs: 0,
      } as const
      await expect(
        postTransaction(db.pool, { ...unbalanced, postings: [{ account: 'asset:1', amountSats: 1n }] }),
      ).rejects.toThrow('out of balance')
    })
  })

  it('credits, matures, reverses and credits again, to the satoshi', async () => {
    await withBlocks(async (db) => {
      const { feeSats, shares } = splitOf(0)
      const owed = new Map(shares.map(({ miner, amountSats }) => [miner, amountSats]))
      const balanceOf = async (name: string) => (await readBalances(db.pool)).get(name) ?? 0n

      await setStatus(db, 0, 'immature')
      expect(await listUnbookedBlocks(db.pool)).toMatchObject([
        { hash: HASHES[0], status: 'immature', isSettled: false },
      ])
      expect(await credit(db, 0)).toBe('credited')
      expect(await credit(db, 0)).toBe('not-due')
      expect(await balanceOf('asset:coinbase_immature')).toBe(SUBSIDY_SATS)
      expect(await balanceOf('equity:fee_income')).toBe(-feeSats)
      expect(await balanceOf('liability:miner:addrA:immature')).toBe(-owed.get('addrA')!)
      expect(await matureBlock(db, HASHES[0]!, 0)).toBe('not-due')
      expect(await reverseBlock(db, HASHES[0]!, 0)).toBe('not-due')

      await setStatus(db, 0, 'stale')
      expect(await reverseBlock(db, HASHES[0]!, 0)).toBe('reversed')
      expect([...(await readBalances(db.pool)).values()].every((balance) => balance === 0n)).toBe(true)

      await setStatus(db, 0, 'mature')
      // The split is the one of the first time, whatever is in force by now.
      expect(await creditBlock(db, HASHES[0]!, undefined, 0)).toBe('credited')
      expect(await matureBlock(db, HASHES[0]!, 0)).toBe('matured')
      expect(await balanceOf('asset:wallet')).toBe(SUBSIDY_SATS)
      expect(await balanceOf('liability:miner:addrA:immature')).toBe(0n)
      expect(await balanceOf('liability:miner:addrC:available')).toBe(-owed.get('addrC')!)
      expect(await listUnbookedBlocks(db.pool)).toEqual([])
      expect(await checkLedger(db.pool)).toEqual([])
      expect(await textRows(db, 'SELECT kind, occurrence FROM ledger_transaction ORDER BY id')).toEqual([
        '(block-credit,1)',
        '(block-stale,1)',
        '(block-credit,2)',
        '(block-mature,2)',
      ])
      const earnings = await db.prisma.earning.findMany({
        include: { miner: true },
        orderBy: { prefixAfter: 'asc' },
      })
      expect(earnings.map(({ miner, amountSats }) => [miner.address, amountSats])).toEqual([...owed])
    })
  })

  it('books once when two processes do it at the same time', async () => {
    await withBlocks(async (db) => {
      await setStatus(db, 0, 'mature')
      const credited = await Promise.all([credit(db, 0), credit(db, 0), credit(db, 0)])
      expect(credited.sort()).toEqual(['credited', 'not-due', 'not-due'])
      const matured = await Promise.all([0, 1, 2].map(() => matureBlock(db, HASHES[0]!, 0)))
      expect(matured.sort()).toEqual(['matured', 'not-due', 'not-due'])
    })
  })

  it('says since when a miner owes the pool: since he was last owed something', async () => {
    await withBlocks(async (db) => {
      const account = minerAccount('addrA', 'available')
      const amounts = [5n, -5n, -2n, 3n, 1n, 4n]
      for (const [index, amountSats] of amounts.entries()) {
        await inTransaction(db.pool, (client) =>
          postTransaction(client, {
            kind: 'block-credit',
            of: { blockHash: HASHES[0]! },
            occurrence: index + 1,
            postings: [
              { account, amountSats },
              { account: 'asset:wallet', amountSats: -amountSats },
            ],
            postedAtMs: START_MS + index,
          }),
        )
      }
      const problem = (await checkLedger(db.pool)).find(({ code }) => code === 'miner-owes-pool')
      expect(problem).toMatchObject({ subject: account, detail: 'balance 6', sinceMs: START_MS + 3 })
      expect(await measureLedger(db.pool)).toEqual({ transactions: 6, entries: 12, accounts: 2, sumSats: 0n })
    })
  })

  it('tells a bonus that went to somebody else, or nowhere', async () => {
    await withBlocks(async (db) => {
      await setStatus(db, 0, 'immature')
      const bonus = { finder: 'addrA', basisPoints: 100 }
      const reward = splitReward({ coinbaseValueSats: SUBSIDY_SATS, feeBasisPoints: 150, bonus }, SCORES)
      const rest = {
        donationSats: 0n,
        subsidySats: SUBSIDY_SATS,
        feeBasisPoints: 150,
        pplnsWindow: 4,
        windowStart: undefined,
      }
      await creditBlock(db, HASHES[0]!, { reward, ...rest }, START_MS)
      expect(await checkLedger(db.pool)).toEqual([])
      await db.pool.query(
        `ALTER TABLE earning DISABLE TRIGGER ALL;
         UPDATE earning SET bonus_sats = 0 FROM miner WHERE miner.id = miner_id AND address = 'addrA'`,
      )
      expect((await checkLedger(db.pool)).map(({ code }) => code)).toEqual([
        'earning-differs-from-prefix-sums',
        'split-differs-from-coinbase',
      ])
    })
  })
})

describe('a candidate', () => {
  it('and its answers are recorded once', async () => {
    await withBlocks(async (db) => {
      const hash = HASHES[0]!
      expect(await recordCandidate(db, candidateOf(hash))).toBe('already')
      const answer: NodeAnswer = {
        node: 'near',
        call: 'submitblock',
        result: null,
        answeredAtMs: 5,
        tookMs: 2.5,
      }
      const later: NodeAnswer = { ...answer, node: 'far', result: 'inconclusive', answeredAtMs: 6 }
      expect(await recordAnswer(db, hash, answer)).toBe('recorded')
      expect(await recordAnswer(db, hash, answer)).toBe('already')
      expect(await recordAnswer(db, hash, later)).toBe('recorded')
      expect(await recordAnswer(db, 'f'.repeat(64), answer)).toBe('no-block')
      const block = await db.prisma.block.findUniqueOrThrow({ where: { hash }, include: { finder: true } })
      expect(block).toMatchObject({ status: 'candidate', finder: { name: 'rig' }, windowEndShareSeq: 1n })
      expect(await listAnswers(db.pool, hash)).toEqual([answer, later])
      await expect(db.pool.query('DELETE FROM block_answer')).rejects.toThrow(/refused/)
    })
  })
})
