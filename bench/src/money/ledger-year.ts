import { checkLedger, checkOnward } from '@headframe/db/ledger/check-ledger'
import { listHistory } from '@headframe/db/ledger/list-history'
import { measureLedger } from '@headframe/db/ledger/measure-ledger'
import { readBalance } from '@headframe/db/miner/read-balance'
import { formatCount, type BenchmarkOptions } from '../benchmark.js'
import type { Row } from '../report.js'
import { rowOfRounds } from '../rounds.js'
import { fillLedger } from './fill-ledger.js'
import { withDatabase } from './with-database.js'

/** Every block of the network for a year. */
const DAYS = 365
const BLOCKS_A_DAY = 144
const MINERS = 20
const READS = 200
const CHECKS = 3
const MAX_READ_MS = 5
const BLOCKS_AN_HOUR = 6
const MAX_ONWARD_MS = 300

/** Takes the mark back by the newest transactions, and their entries out of its sums. */
const MARK_AN_HOUR_AGO = `WITH fresh AS (SELECT id FROM ledger_transaction ORDER BY id DESC LIMIT $1),
  sums AS (SELECT e.account_id, t.kind, count(*) AS entries, sum(e.amount_sats) AS amount_sats
    FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id JOIN fresh ON fresh.id = t.id GROUP BY 1, 2),
  taken AS (UPDATE ledger_mark_total k SET entries = k.entries - s.entries, amount_sats = k.amount_sats - s.amount_sats
    FROM sums s WHERE s.account_id = k.account_id AND s.kind = k.kind)
  UPDATE ledger_mark SET transaction_id = (SELECT max(t.id) FROM ledger_transaction t WHERE t.id < (SELECT min(id) FROM fresh))`

/** What the pages and the hourly check ask of a ledger that is a year old. */
export async function benchLedgerYear({ isQuick }: BenchmarkOptions): Promise<Row[]> {
  return withDatabase(async ({ db }) => {
    const days = isQuick ? Math.ceil(DAYS / 10) : DAYS
    await fillLedger(db, { days, blocksADay: BLOCKS_A_DAY, miners: MINERS })
    const { entries } = await measureLedger(db.pool)
    const name = `${formatCount(days * BLOCKS_A_DAY)} blocks, ${formatCount(days)} payouts`
    const timed = async (count: number, read: (n: number) => Promise<unknown>): Promise<number[]> => {
      const samples: number[] = []
      for (let n = 0; n < count; n++) {
        const startedMs = performance.now()
        await read(n)
        samples.push(performance.now() - startedMs)
      }
      return samples
    }
    const minerOf = (n: number): number => 1 + (n % MINERS)
    await readBalance(db.pool, 1)
    const balances = await timed(READS, (n) => readBalance(db.pool, minerOf(n)))
    const histories = await timed(READS, (n) => listHistory(db.pool, `addr${minerOf(n)}`, 50))
    const checks = await timed(CHECKS, async () => {
      const problems = await checkLedger(db.pool)
      if (problems.length > 0) throw new Error(`the ledger is wrong: ${JSON.stringify(problems.slice(0, 3))}`)
    })
    // An hour's blocks behind the mark.
    await checkOnward(db.pool, { isWhole: true, nowMs: 0 })
    await db.pool.query(MARK_AN_HOUR_AGO, [BLOCKS_AN_HOUR])
    const onward = await timed(CHECKS, async () => {
      const { problems, since } = await checkOnward(db.pool, { isWhole: false, nowMs: 0 })
      if (problems.length > 0 || since === undefined) throw new Error('what is new in the ledger is wrong')
      await db.pool.query(MARK_AN_HOUR_AGO, [BLOCKS_AN_HOUR])
    })
    return [
      rowOfRounds(
        { what: `balance of a miner, ${name}`, unit: 'ms', goal: { atMost: MAX_READ_MS } },
        balances,
      ),
      rowOfRounds({ what: `his newest 50 entries, ${name}`, unit: 'ms' }, histories),
      rowOfRounds(
        { what: `check of the whole ledger, ${formatCount(entries)} entries`, unit: 's' },
        checks.map((ms) => ms / 1_000),
      ),
      rowOfRounds(
        {
          what: `check of what is new in an hour, ${formatCount(BLOCKS_AN_HOUR)} blocks`,
          unit: 'ms',
          goal: { atMost: MAX_ONWARD_MS },
        },
        onward,
      ),
    ]
  })
}
