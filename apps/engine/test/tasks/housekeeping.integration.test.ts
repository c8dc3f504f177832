import { listAlarms } from '@headframe/db/alarm/alarms'
import { openDatabase, type Database } from '@headframe/db/database'
import { readMark } from '@headframe/db/ledger/ledger-mark'
import { migrate } from '@headframe/db/migrate'
import { createTestDatabase } from '@headframe/local/testing/services'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkLedgerTask } from '../../src/tasks/check-ledger.js'
import { pruneTask } from '../../src/tasks/prune.js'
import { rollUpSharesTask } from '../../src/tasks/roll-up-shares.js'
import { TestJournal } from './test-journal.js'

const DAY_MS = 86_400_000

let created: Awaited<ReturnType<typeof createTestDatabase>>
let db: Database
let lines: { level: number; msg: string; segments?: number }[]

beforeEach(async () => {
  created = await createTestDatabase()
  db = openDatabase({ url: created.url })
  await migrate(db.pool)
  lines = []
})
afterEach(async () => {
  await db.close()
  await created.drop()
})

const log = pino(
  { level: 'info' },
  { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]) },
)

/** Days ago: the last is too long. */
const AGES = "(SELECT age, now() - age * interval '1 day' AS at FROM unnest(ARRAY[0, 29, 31]) age) aged"

describe('the tasks that keep house', () => {
  it('roll up all there is, prune what no window reaches, and leave the rest', async () => {
    const journal = new TestJournal(db)
    for (let n = 0; n < 30; n++) await journal.ship(['addrAnna', 1])
    const prune = (daysLater: number) =>
      pruneTask(
        { segmentRetentionDays: 30, pplnsWindow: 4 },
        { db, log, nowMs: () => Date.now() + daysLater * DAY_MS },
      ).handler({})
    await rollUpSharesTask({ db }).handler({})
    expect(await db.prisma.poolRollup.findFirstOrThrow({ where: { resolution: 'day' } })).toMatchObject({
      count: 30n,
    })
    await prune(0)
    expect(lines).toEqual([])
    await prune(31)
    // Twice the window of 4 stays, whole.
    expect(await db.prisma.segment.count({ where: { payload: null } })).toBe(22)
    expect(await db.prisma.segmentSum.count()).toBe(8)
    expect(lines).toMatchObject([{ msg: 'pruned', segments: 22 }])
    expect(
      await db.prisma.minerRollup.count({ where: { resolution: { in: ['minute', 'quarter_hour'] } } }),
    ).toBe(0)
    expect(await db.prisma.minerRollup.count({ where: { resolution: 'hour' } })).toBeGreaterThan(0)
    await prune(31)
    expect(lines).toHaveLength(1)
  })

  it('forget sessions that are long over, and failures to sign in, and leave what still counts', async () => {
    await db.pool.query(`
      INSERT INTO operator (name, email, role, created_at) VALUES ('ada', 'ada@pool.example', 'admin', now());
      INSERT INTO miner (address, first_seen_at) VALUES ('addrAnna', now());
      INSERT INTO operator_session (token_hash, operator_id, created_at, seen_at, is_enrolment, user_agent)
        SELECT int4send(age), 1, at, at, false, 'a browser' FROM ${AGES};
      INSERT INTO account_session (miner_id, token_hash, proof_hash, user_agent, created_at, last_seen_at, expires_at)
        SELECT 1, int4send(age), int4send(age), 'a browser', at, at, at FROM ${AGES};
      INSERT INTO sign_in_failure (key_hash, weight, failed_at) SELECT int4send(age), 1, at FROM ${AGES}`)
    const left = async () => [
      await db.prisma.operatorSession.count(),
      await db.prisma.accountSession.count(),
      await db.prisma.signInFailure.count(),
    ]
    const prune = pruneTask({ segmentRetentionDays: 30, pplnsWindow: 4 }, { db, log, nowMs: Date.now })
    await prune.handler({})
    expect(await left()).toEqual([2, 2, 2])
    expect(lines).toMatchObject([{ msg: 'pruned', sessions: 3 }])
    await prune.handler({})
    expect([await left(), lines.length]).toEqual([[2, 2, 2], 1])
  })

  it('raise an alarm when the ledger is wrong, and only then', async () => {
    let nowMs = Date.now()
    const check = () => checkLedgerTask({ db, wallet: undefined, log, nowMs: () => nowMs }).handler({})
    const wholeAtMs = async () => (await readMark(db.pool))!.wholeAtMs
    await check()
    const firstMs = nowMs
    nowMs += DAY_MS - 1
    await check()
    expect(await wholeAtMs()).toBe(firstMs)
    nowMs += 1
    await check()
    expect(await wholeAtMs()).toBe(nowMs)
    expect(lines).toEqual([])
    await db.pool.query(`
      INSERT INTO miner (address, first_seen_at) VALUES ('addrAnna', now());
      INSERT INTO ledger_account (name) VALUES ('asset:wallet');
      INSERT INTO ledger_account (name, miner_id) SELECT 'liability:miner:addrAnna:available', id FROM miner;
      INSERT INTO ledger_transaction (kind, posted_at) VALUES ('block-credit', now());
      INSERT INTO ledger_entry SELECT 1, id, CASE name WHEN 'asset:wallet' THEN -5 ELSE 5 END FROM ledger_account`)
    await check()
    expect(lines).toMatchObject([
      { level: 60, msg: 'the ledger is wrong', problems: [{ code: 'miner-owes-pool' }] },
    ])
    const alarms = async () => (await listAlarms(db.pool, 10)).filter(({ name }) => name === 'ledger')
    const raised = { name: 'ledger', subject: '', sinceMs: nowMs }
    const message = expect.stringMatching(
      /^The ledger is wrong in \d+ places?, first: .*miner-owes-pool/,
    ) as string
    expect(await alarms()).toEqual([{ ...raised, message }])

    // It is the same trouble an hour later, and over when the ledger is right again.
    nowMs += 3_600_000
    await check()
    expect(await alarms()).toEqual([{ ...raised, message }])
    await db.pool.query(`
      INSERT INTO ledger_transaction (kind, posted_at) VALUES ('block-credit', now());
      INSERT INTO ledger_entry SELECT (SELECT max(id) FROM ledger_transaction), id,
        CASE name WHEN 'asset:wallet' THEN 5 ELSE -5 END FROM ledger_account`)
    nowMs += DAY_MS
    await check()
    expect(await alarms()).toEqual([])
  })
})
