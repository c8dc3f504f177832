import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { splitReward } from '@headframe/core/accounting/split-reward'
import { creditBlock } from '../../src/block/credit-block.js'
import { matureBlock } from '../../src/block/mature-block.js'
import { recordCandidate } from '../../src/block/record-candidate.js'
import { reverseBlock } from '../../src/block/reverse-block.js'
import type { Database } from '../../src/database.js'
import { checkLedger, checkOnward, type LedgerProblem } from '../../src/ledger/check-ledger.js'
import { postCorrection } from '../../src/ledger/post-correction.js'
import { readMark } from '../../src/ledger/ledger-mark.js'
import { INVARIANTS } from '../../src/ledger/invariants.js'
import { candidateOf } from '../support/candidate-of.js'
import { hashOf, SUBSIDY_SATS } from '../support/found-block.js'
import { createTemplate, withCopy } from '../support/test-database.js'
import { START_MS } from '../support/test-writer.js'

const HOUR_MS = 3_600_000
/** Of the steps below: one an hour. */
const [CREDITED, MATURED, CREDITED_STALE, REVERSED] = [1, 2, 3, 4].map((n) => START_MS + n * HOUR_MS)
const LATER_MS = START_MS + 24 * HOUR_MS
const MATURE = hashOf(1)
const STALE = hashOf(2)
const SCORES = new Map([
  ['addrA', 2n],
  ['addrB', 1n],
])

interface Break {
  readonly code: string
  readonly sql: string
  readonly subject: string
  readonly detail: string
  readonly sinceMs: number | undefined
}

const transactionOf = (hash: string, kind: string): string =>
  `(SELECT id FROM ledger_transaction WHERE block_hash = '${hash}' AND kind = '${kind}')`
const account = (name: string): string => `(SELECT id FROM ledger_account WHERE name = '${name}')`
const WALLET = account('asset:wallet')
const owed = (miner: string, part = 'available'): string => account(`liability:miner:${miner}:${part}`)

/** An FPPS share that scored a block and a half, at a rate of 10 satoshis. */
const FPPS_CREDIT = `
  INSERT INTO fpps_stretch (end_position, tip_hash, subsidy_sats, fees_sats, fee_blocks, fee_basis_points, rate_sats, credited_at)
    VALUES (7, '', 10, 0, 1, 0, 10, '2027-01-05Z');
  INSERT INTO fpps_credit (end_position, miner_id, score, numerator_before, numerator_after, amount_sats)
    SELECT 7, id, 3 * power(2::numeric, 95), 0, 30 * power(2::numeric, 95), 15 FROM miner WHERE address = 'addrA'`
const FPPS_BREAKS: readonly Break[] = [
  {
    code: 'fpps-differs-from-scores',
    sql: `${FPPS_CREDIT}; UPDATE fpps_credit SET amount_sats = 14`,
    subject: 'addrA 7',
    detail: `14 sats for 0 to ${30n << 95n}`,
    sinceMs: Date.UTC(2027, 0, 5),
  },
  {
    code: 'fpps-misbooked',
    sql: FPPS_CREDIT,
    subject: 'addrA 7',
    detail: 'booked 0, credited 15',
    sinceMs: Date.UTC(2027, 0, 5),
  },
  {
    code: 'fpps-without-shares',
    sql: `INSERT INTO ledger_transaction (id, kind, posted_at) VALUES (93, 'fpps-credit', '2027-01-06Z');
          INSERT INTO ledger_entry VALUES (93, ${owed('addrA')}, -5), (93, ${WALLET}, 5)`,
    subject: '93',
    detail: 'of no stretch',
    sinceMs: Date.UTC(2027, 0, 6),
  },
]

/** What somebody could do who is above the rules of the database, and what the check has to say to it. */
const BREAKS: readonly Break[] = [
  ...FPPS_BREAKS,
  {
    code: 'payout-misbooked',
    sql: `INSERT INTO payout_batch (id, fee_payer, total_sats, item_count, created_at, needs_approval)
          VALUES (70, 'pool', 5, 1, '2027-01-03Z', false)`,
    subject: 'payout batch 70',
    detail: 'planned of 5, 0 of 1 items : available , locked , wallet , fee ',
    sinceMs: Date.UTC(2027, 0, 3),
  },
  {
    code: 'locked-differs-from-payouts',
    sql: `INSERT INTO ledger_account (name, miner_id) SELECT 'liability:miner:addrA:locked', id FROM miner WHERE address = 'addrA';
          INSERT INTO ledger_transaction (id, kind, posted_at) VALUES (92, 'payout-plan', '2027-01-04Z');
          INSERT INTO ledger_entry VALUES (92, ${owed('addrA')}, 5), (92, ${owed('addrA', 'locked')}, -5)`,
    subject: 'addrA',
    detail: 'locked 5, payouts under way 0',
    sinceMs: Date.UTC(2027, 0, 4),
  },
  {
    code: 'transaction-unbalanced',
    sql: `UPDATE ledger_entry SET amount_sats = amount_sats + 3
          WHERE account_id = ${WALLET} AND transaction_id = ${transactionOf(MATURE, 'block-mature')}`,
    subject: '2',
    detail: '6 entries, sum 3',
    sinceMs: MATURED,
  },
  {
    code: 'accounts-unbalanced',
    sql: `UPDATE ledger_entry SET amount_sats = amount_sats - 4
          WHERE account_id = ${WALLET} AND transaction_id = ${transactionOf(MATURE, 'block-mature')}`,
    subject: 'all accounts',
    detail: 'sum -4',
    sinceMs: MATURED,
  },
  {
    code: 'miner-owes-pool',
    // Nothing in the database refuses this one: a block that was paid out may go stale.
    sql: `SET LOCAL session_replication_role = origin;
          INSERT INTO ledger_transaction (id, kind, posted_at) VALUES (90, 'block-stale', '2027-01-01Z');
          INSERT INTO ledger_entry VALUES (90, ${owed('addrA')}, ${SUBSIDY_SATS}), (90, ${WALLET}, -${SUBSIDY_SATS})`,
    subject: 'liability:miner:addrA:available',
    detail: 'balance 1666666667',
    sinceMs: Date.UTC(2027, 0, 1),
  },
  {
    code: 'balance-differs-from-entries',
    sql: `UPDATE ledger_total SET amount_sats = amount_sats + 1 WHERE account_id = ${WALLET}`,
    subject: 'asset:wallet block-mature',
    detail: 'balance 5000000001 of 1 entries, entries come to 5000000000 of 1',
    sinceMs: MATURED,
  },
  {
    code: 'balance-differs-from-entries',
    sql: `UPDATE ledger_total SET amount_sats = 0, entries = 0 WHERE kind = 'block-stale' AND account_id = ${owed('addrB', 'immature')}`,
    subject: 'liability:miner:addrB:immature block-stale',
    detail: 'balance 0 of 0 entries, entries come to 1666666667 of 1',
    sinceMs: REVERSED,
  },
  {
    code: 'balance-differs-from-entries',
    sql: `DELETE FROM ledger_total WHERE account_id = ${owed('addrA', 'immature')} AND kind = 'block-credit'`,
    subject: 'liability:miner:addrA:immature block-credit',
    detail: 'balance 0 of 0 entries, entries come to -6666666666 of 2',
    sinceMs: CREDITED,
  },
  {
    code: 'account-misnamed',
    sql: `UPDATE ledger_account SET miner_id = (SELECT id FROM miner WHERE address = 'addrB') WHERE id = ${owed('addrA')}`,
    subject: 'liability:miner:addrA:available',
    detail: 'of the miner addrB',
    sinceMs: MATURED,
  },
  {
    code: 'account-misnamed',
    sql: `UPDATE ledger_account SET name = 'wallet' WHERE id = ${WALLET}`,
    subject: 'wallet',
    detail: 'of no miner',
    sinceMs: MATURED,
  },
  {
    code: 'block-booked-twice',
    sql: `DROP INDEX ledger_transaction_block_hash_kind_occurrence_key;
          INSERT INTO ledger_transaction (id, kind, block_hash, posted_at)
          VALUES (91, 'block-mature', '${MATURE}', '2027-01-02Z')`,
    subject: MATURE,
    detail: 'block-mature 1 stands 2 times',
    sinceMs: Date.UTC(2027, 0, 2),
  },
  {
    code: 'block-out-of-turn',
    sql: `INSERT INTO ledger_transaction (id, kind, block_hash, occurrence, posted_at)
          VALUES (92, 'block-credit', '${MATURE}', 2, '2027-01-03Z')`,
    subject: MATURE,
    detail: 'block-credit 2 without a block-stale 1 before it',
    sinceMs: Date.UTC(2027, 0, 3),
  },
  {
    code: 'block-out-of-turn',
    sql: `UPDATE ledger_transaction SET occurrence = 2 WHERE id = ${transactionOf(MATURE, 'block-mature')}`,
    subject: MATURE,
    detail: 'block-mature 2 without a block-credit 2 before it',
    sinceMs: MATURED,
  },
  {
    code: 'correction-unexplained',
    sql: `INSERT INTO ledger_transaction (id, kind, posted_at) VALUES (93, 'correction', '2027-01-04Z')`,
    subject: '93',
    detail: 'correction, author none, reason none, reverses nothing',
    sinceMs: Date.UTC(2027, 0, 4),
  },
  {
    code: 'correction-unexplained',
    sql: `INSERT INTO ledger_correction VALUES (${transactionOf(MATURE, 'block-mature')}, 'Ana', 'why', ${transactionOf(STALE, 'block-stale')})`,
    subject: '2',
    detail: 'block-mature, author Ana, reason why, does not reverse 4',
    sinceMs: MATURED,
  },
  {
    // One miner keeps what another has lost: together it is 0.
    code: 'reversal-leaves-a-rest',
    sql: `UPDATE ledger_entry SET amount_sats = amount_sats + CASE account_id WHEN ${owed('addrA', 'immature')} THEN 5 ELSE -5 END
          WHERE transaction_id = ${transactionOf(STALE, 'block-stale')}
            AND account_id IN (${owed('addrA', 'immature')}, ${owed('addrB', 'immature')})`,
    subject: `${STALE} liability:miner:addrA:immature`,
    detail: '5 sats',
    sinceMs: REVERSED,
  },
  {
    code: 'earning-misbooked',
    sql: `UPDATE ledger_entry SET amount_sats = amount_sats + CASE account_id WHEN ${owed('addrA')} THEN -6 ELSE 6 END
          WHERE transaction_id = ${transactionOf(MATURE, 'block-mature')}
            AND account_id IN (${owed('addrA')}, ${owed('addrB')})`,
    subject: `${MATURE} addrB`,
    detail: 'booked 1666666661, earned 1666666667',
    sinceMs: MATURED,
  },
  {
    code: 'split-differs-from-coinbase',
    sql: `UPDATE earning SET amount_sats = amount_sats + 1 WHERE block_hash = '${MATURE}'`,
    subject: MATURE,
    detail: 'reward 5000000000, earnings 5000000002; bonus 0, earned 0',
    sinceMs: CREDITED,
  },
  {
    code: 'earning-differs-from-prefix-sums',
    sql: `UPDATE earning SET prefix_before = prefix_before + 1, prefix_after = prefix_after + 1
          FROM miner WHERE miner.id = miner_id AND address = 'addrB' AND block_hash = '${STALE}'`,
    subject: `${STALE} addrB`,
    detail: '1666666667 sats, bonus 0, for 3 to 4 of 3',
    sinceMs: CREDITED_STALE,
  },
  {
    code: 'block-misbooked',
    sql: `UPDATE block SET booked_status = 'immature' WHERE hash = '${MATURE}'`,
    subject: MATURE,
    detail: 'booked immature of 5000000000: immature 0, wallet 5000000000, fee , owed -5000000000',
    sinceMs: MATURED,
  },
]

let template: Awaited<ReturnType<typeof createTemplate>>

beforeAll(async () => {
  template = await createTemplate()
})
afterAll(() => template.drop())

/** A database with a block that matured and one that went stale. */
function withLedger<T>(
  use: (db: Database) => Promise<T>,
  onFirstCredit: (db: Database) => Promise<unknown> = () => Promise.resolve(),
): Promise<T> {
  return withCopy(template.name, async (db) => {
    for (const address of SCORES.keys()) {
      await db.prisma.miner.create({ data: { address, firstSeenAt: new Date(START_MS) } })
    }
    for (const hash of [MATURE, STALE]) await recordCandidate(db, candidateOf(hash))
    await db.pool.query(
      `UPDATE block SET status = CASE hash WHEN $1 THEN 'mature' ELSE 'immature' END::block_status`,
      [MATURE],
    )
    await creditBlock(db, MATURE, split(), CREDITED!)
    await onFirstCredit(db)
    await matureBlock(db, MATURE, MATURED!)
    await creditBlock(db, STALE, split(), CREDITED_STALE!)
    await db.pool.query(`UPDATE block SET status = 'stale' WHERE hash = $1`, [STALE])
    await reverseBlock(db, STALE, REVERSED!)
    return use(db)
  })
}

describe('an invariant that is broken', () => {
  it.each(BREAKS)(
    'is named, of what, and since when: $code ($detail)',
    async ({ code, sql, ...expected }) => {
      await withLedger(async (db) => {
        expect(await checkLedger(db.pool)).toEqual([])
        await aboveTheRules(db, sql)
        const problems = (await checkLedger(db.pool)).filter((problem) => problem.code === code)
        expect(problems).toContainEqual({ code, ...expected })
      })
    },
  )

  it('is one of all there are', () => {
    const broken = new Set(BREAKS.map(({ code }) => code))
    expect([...broken].sort()).toEqual(INVARIANTS.map(({ code }) => code).sort())
  })

  it('stands before what came of it', async () => {
    await withLedger(async (db) => {
      await aboveTheRules(
        db,
        BREAKS.map(({ sql }) => sql)
          .filter((sql) => !sql.includes('INSERT'))
          .join(';'),
      )
      const since = (await checkLedger(db.pool)).map(({ sinceMs }: LedgerProblem) => sinceMs)
      expect(since.length).toBeGreaterThan(8)
      expect(since).toEqual([...since].sort((a, b) => a - b))
    })
  })
})

const checkNew = (db: Database) => checkOnward(db.pool, { isWhole: false, nowMs: LATER_MS })
const checkWhole = (db: Database) => checkOnward(db.pool, { isWhole: true, nowMs: LATER_MS })

/** Rows of long ago that somebody has changed past all rules: only a look at each of them can tell. */
const ONLY_WHOLE = [
  'transaction-unbalanced',
  'accounts-unbalanced',
  'block-out-of-turn',
  'correction-unexplained',
  'reversal-leaves-a-rest',
  'earning-misbooked',
  'split-differs-from-coinbase',
  'earning-differs-from-prefix-sums',
  'block-misbooked',
]

describe('a check of what is new', () => {
  it.each(BREAKS)(
    'finds what is broken behind the last one: $code ($detail)',
    async ({ code, sql, ...of }) => {
      const { subject, detail } = of
      await withLedger(async (db) => {
        expect((await readMark(db.pool))!.transactionId).toBe(1n)
        await aboveTheRules(db, sql)
        const { problems, since } = await checkNew(db)
        expect(since).toMatchObject({ transactionId: 1n })
        expect(problems).toContainEqual(expect.objectContaining({ code, subject, detail }))
        // And finds it again: nothing goes on from a check that has found something.
        expect((await readMark(db.pool))!.transactionId).toBe(1n)
      }, checkWhole)
    },
  )

  it.each(BREAKS.filter(({ sql }) => !sql.includes('INSERT INTO ledger_transaction')))(
    'sees of what is broken before it what the kept sums tell, and leaves the rest to the whole one: $code ($detail)',
    async ({ code, sql }) => {
      await withLedger(async (db) => {
        await checkNew(db)
        // As when two hundred blocks have come since.
        await db.pool.query('UPDATE ledger_mark SET block_height = 1000000')
        await aboveTheRules(db, sql)
        const found = (await checkNew(db)).problems.map((problem) => problem.code)
        expect(found.includes(code)).toBe(!ONLY_WHOLE.includes(code))
        expect((await checkWhole(db)).problems.map((problem) => problem.code)).toContain(code)
      })
    },
  )

  it('goes on from where the last one ended, and the whole one is remembered', async () => {
    await withLedger(async (db) => {
      expect((await checkNew(db)).since).toBeUndefined()
      expect(await readMark(db.pool)).toMatchObject({
        transactionId: 4n,
        checkedAtMs: LATER_MS,
        wholeAtMs: LATER_MS,
      })
      await gift(db)
      const onward = await checkOnward(db.pool, { isWhole: false, nowMs: LATER_MS + HOUR_MS })
      expect(onward).toMatchObject({
        problems: [],
        since: { transactionId: 4n, checkedAtMs: LATER_MS, wholeAtMs: LATER_MS },
      })
      expect(await readMark(db.pool)).toMatchObject({
        transactionId: 5n,
        checkedAtMs: LATER_MS + HOUR_MS,
        wholeAtMs: LATER_MS,
      })
      expect((await checkNew(db)).problems).toEqual([])
    })
  })

  it('waits for who is writing, so that no lower number comes after it', async () => {
    await withLedger(async (db) => {
      const writer = await db.pool.connect()
      await writer.query('BEGIN')
      await writer.query(`INSERT INTO ledger_transaction (kind, posted_at) VALUES ('payout-plan', now())`)
      await gift(db)
      const check = checkNew(db)
      await untilWaiting(db)
      await writer.query(`INSERT INTO ledger_entry VALUES (5, ${WALLET}, 7), (5, ${owed('addrA')}, -7)`)
      await writer.query('COMMIT')
      writer.release()
      expect((await check).problems).toEqual([])
      expect((await readMark(db.pool))!.transactionId).toBe(6n)
      expect((await checkNew(db)).problems).toEqual([])
    })
  })
})

/** A transaction behind those of the blocks. */
async function gift(db: Database): Promise<void> {
  const postings = [
    { account: 'equity:operator', amountSats: 5n },
    { account: 'liability:miner:addrA:available', amountSats: -5n },
  ]
  const options = { nowMs: LATER_MS, isDryRun: false }
  await postCorrection(db, { author: 'Ana', reason: 'outage', postings }, options)
}

/** Somebody waits for the lock of a check. */
async function untilWaiting(db: Database): Promise<void> {
  for (;;) {
    const { rowCount } = await db.pool.query(
      `SELECT FROM pg_locks WHERE relation = 'ledger_transaction'::regclass AND mode = 'ShareLock' AND NOT granted`,
    )
    if (rowCount !== 0) return
  }
}

it('a balance cannot be written past the entries', async () => {
  await withLedger(async (db) => {
    for (const sql of [
      'UPDATE ledger_total SET amount_sats = 0',
      'DELETE FROM ledger_total',
      'TRUNCATE ledger_total',
      `INSERT INTO ledger_total SELECT id, 'x', 1, 1 FROM ledger_account LIMIT 1`,
    ]) {
      await expect(db.pool.query(sql), sql).rejects.toThrow('its rows follow from others')
    }
  })
})

/** No trigger and no foreign key holds in this session, as for a superuser who repairs something by hand. */
async function aboveTheRules(db: Database, sql: string): Promise<void> {
  await db.pool.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`)
}

const split = () => ({
  reward: splitReward({ coinbaseValueSats: SUBSIDY_SATS, feeBasisPoints: 0 }, SCORES),
  donationSats: 0n,
  subsidySats: SUBSIDY_SATS,
  feeBasisPoints: 0,
  pplnsWindow: 4,
  windowStart: undefined,
})
