import { openDatabase, type Database } from '@headframe/db/database'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { migrate } from '@headframe/db/migrate'
import { readPool } from '@headframe/db/pool/read-pool'
import { readRecordEnd } from '@headframe/db/pool/read-record-end'
import { savePool } from '@headframe/db/pool/save-pool'
import { createTestDatabase } from '@headframe/local/testing/services'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedDatabase } from '../../src/seed/seed-database.js'

const SIZE = { miners: 20, workers: 60, days: 40, seed: 3 }
const ENDS_AT_MS = Date.parse('2026-11-26T15:37:42Z')
const SUMS = 'sum(count) AS count, sum(work) AS work, sum(score) AS score, sum(work_squared) AS work_squared'

async function emptyDatabase(): Promise<{ db: Database; drop(): Promise<void> }> {
  const created = await createTestDatabase()
  const db = openDatabase({ url: created.url })
  await migrate(db.pool)
  return {
    db,
    async drop() {
      await db.close()
      await created.drop()
    },
  }
}

let seeded: Awaited<ReturnType<typeof emptyDatabase>>
const rowsOf = async (sql: string, from = seeded): Promise<Record<string, unknown>[]> =>
  (await from.db.pool.query<Record<string, unknown>>(sql)).rows

beforeAll(async () => {
  seeded = await emptyDatabase()
  await seedDatabase(seeded.db, SIZE, ENDS_AT_MS)
})
afterAll(() => seeded.drop())

describe('a seeded database', () => {
  it('says that it is made up', async () => {
    expect(await readPool(seeded.db.pool)).toMatchObject({ isSynthetic: true, network: 'testnet4' })
    await expect(seeded.db.pool.query("UPDATE pool SET network = 'mainnet'")).rejects.toThrow(
      'pool_synthetic_is_no_mainnet',
    )
  })

  it('has the miners, workers and days that were asked for, and blocks and payouts of each state', async () => {
    expect(
      await rowsOf(`SELECT (SELECT count(*)::int FROM miner) AS miners, (SELECT count(*)::int FROM worker) AS workers,
        (SELECT count(DISTINCT starts_at)::int FROM pool_rollup WHERE resolution = 'day') AS days, (SELECT count(*)::int FROM block) AS blocks`),
    ).toEqual([{ miners: SIZE.miners, workers: SIZE.workers, days: SIZE.days + 1, blocks: SIZE.days + 1 }])
    expect(await rowsOf('SELECT DISTINCT state::text FROM payout_batch ORDER BY 1')).toEqual([
      { state: 'broadcast' },
      { state: 'settled' },
    ])
    expect(
      await rowsOf("SELECT count(*)::int AS matured FROM block WHERE booked_status = 'mature'"),
    ).not.toEqual([{ matured: 0 }])
  })

  it('has a ledger in which nothing is wrong', async () => {
    expect(await checkLedger(seeded.db.pool)).toEqual([])
    expect(await rowsOf('SELECT count(*)::int AS count FROM ledger_transaction')).not.toEqual([{ count: 0 }])
  })

  it('has rollups that tell the same of workers, miners and the pool', async () => {
    const of = (table: string, key: string): string =>
      `SELECT ${key} AS key, resolution, starts_at, outcome, ${SUMS} FROM ${table} GROUP BY 1, 2, 3, 4`
    const differing = (one: string, other: string): string =>
      `SELECT * FROM (${one}) a FULL JOIN (${other}) b USING (key, resolution, starts_at, outcome)
       WHERE (a.count, a.work, a.score, a.work_squared) IS DISTINCT FROM (b.count, b.work, b.score, b.work_squared)`
    const byMiner = of('worker_rollup JOIN worker ON worker.id = worker_id', 'miner_id')
    const reached = `(SELECT min(starts_at) FROM worker_rollup w WHERE w.resolution = m.resolution)`
    const miners = of(`(SELECT * FROM miner_rollup m WHERE starts_at >= ${reached}) m`, 'miner_id')
    expect(await rowsOf(differing(byMiner, miners))).toEqual([])
    expect(await rowsOf(differing(of('miner_rollup', '0'), of('pool_rollup', '0')))).toEqual([])
  })

  it.each([
    ['worker_rollup', 'worker_id', 'minute', 'hour'],
    ['worker_rollup', 'worker_id', 'quarter_hour', 'hour'],
    ['worker_rollup', 'worker_id', 'hour', 'day'],
    ['miner_rollup', 'miner_id', 'minute', 'hour'],
    ['miner_rollup', 'miner_id', 'quarter_hour', 'hour'],
    ['miner_rollup', 'miner_id', 'hour', 'day'],
    ['pool_rollup', '0', 'minute', 'hour'],
    ['pool_rollup', '0', 'quarter_hour', 'hour'],
  ])('has a %s in which %s %ss add up to each %s', async (table, key, fine, coarse) => {
    const sums = `SELECT ${key} AS key, date_trunc('${coarse}', starts_at, 'UTC') AS starts_at, outcome, ${SUMS}
      FROM ${table} WHERE resolution = '${fine}' GROUP BY 1, 2, 3`
    const whole = `SELECT ${key} AS key, starts_at, outcome, count, work, score, work_squared FROM ${table} WHERE resolution = '${coarse}'
      AND starts_at >= (SELECT date_trunc('${coarse}', min(starts_at), 'UTC') FROM ${table} WHERE resolution = '${fine}')`
    expect(
      await rowsOf(`SELECT * FROM (${sums}) a FULL JOIN (${whole}) b USING (key, starts_at, outcome)
        WHERE (a.count, a.work, a.score, a.work_squared) IS DISTINCT FROM (b.count::numeric, b.work, b.score, b.work_squared)`),
    ).toEqual([])
    expect(await rowsOf(sums)).not.toEqual([])
  })

  it('ends with the minute that was asked for', async () => {
    const end = await readRecordEnd(seeded.db.pool)
    expect(end).toMatchObject({ isRolledUp: true, rollupEndMs: Date.parse('2026-11-26T15:37:00Z') })
    expect(
      await rowsOf("SELECT max(starts_at) AS at FROM worker_rollup WHERE resolution = 'minute'"),
    ).toEqual([{ at: new Date('2026-11-26T15:36:00Z') }])
  })

  it('comes out the same again, and otherwise with another seed', async () => {
    const digest = `SELECT md5(string_agg(w::text, '' ORDER BY worker_id, resolution, starts_at, outcome)) AS digest FROM worker_rollup w`
    const [again, other] = [await emptyDatabase(), await emptyDatabase()]
    await seedDatabase(again.db, SIZE, ENDS_AT_MS)
    await seedDatabase(other.db, { ...SIZE, seed: 4 }, ENDS_AT_MS)
    expect(await rowsOf(digest, again)).toEqual(await rowsOf(digest))
    expect(await rowsOf(digest, other)).not.toEqual(await rowsOf(digest))
    await again.drop()
    await other.drop()
  })
})

describe('refused is', () => {
  it('a database that has rows', async () => {
    await expect(seedDatabase(seeded.db, SIZE, ENDS_AT_MS)).rejects.toThrow(
      'This database is in use: segment has rows',
    )
  })

  it.each(['mainnet', 'regtest'] as const)('a database of a pool of %s', async (network) => {
    const real = await emptyDatabase()
    const settings = {
      network,
      poolAddress: '',
      poolTag: '',
      feeBasisPoints: 0,
      finderBonusBasisPoints: 0,
      pplnsWindow: 1,
      stratumPorts: [],
    }
    await savePool(real.db, settings, new Uint8Array(0), ENDS_AT_MS)
    await expect(seedDatabase(real.db, SIZE, ENDS_AT_MS)).rejects.toThrow(
      network === 'mainnet' ? 'pool of mainnet' : 'This database is in use: pool has rows',
    )
    await real.drop()
  })

  it('a pool that would be run on what is made up', async () => {
    const settings = (await readPool(seeded.db.pool))!
    await expect(savePool(seeded.db, settings, new Uint8Array(0), ENDS_AT_MS)).rejects.toThrow('made up')
  })
})
