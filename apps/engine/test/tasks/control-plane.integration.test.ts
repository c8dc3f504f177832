import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordCandidate } from '@headframe/db/block/record-candidate'
import { openDatabase, type Database } from '@headframe/db/database'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { migrate } from '@headframe/db/migrate'
import { freePort } from '@headframe/local/free-port'
import { createTestDatabase, testBitcoinRpc, testServices } from '@headframe/local/testing/services'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { parseEngineOptions, type EngineOptions } from '../../src/env.js'
import { ControlPlane } from '../../src/tasks/control-plane.js'
import { candidateOf } from '../candidate-of.js'
import { TestJournal } from './test-journal.js'

const log = pino({ level: 'silent' })
const never = new AbortController().signal

let created: Awaited<ReturnType<typeof createTestDatabase>>
let db: Database
let options: EngineOptions
let dataDir: string

beforeAll(async () => {
  created = await createTestDatabase()
  db = openDatabase({ url: created.url })
  dataDir = await mkdtemp(join(tmpdir(), 'headframe-control-plane-'))
  options = parseEngineOptions({
    DATA_DIR: dataDir,
    BITCOIND_URLS: testServices().bitcoindUrl,
    DATABASE_URL: created.url,
    REDIS_URL: testServices().redisUrl,
    POOL_ADDRESS: await testBitcoinRpc()<string>('getnewaddress'),
    POOL_FEE_BASIS_POINTS: '100',
  })
})
afterAll(async () => {
  await db.close()
  await created.drop()
  await rm(dataDir, { recursive: true, force: true })
})

describe('the control plane', () => {
  it('tells Prometheus of payouts where it is asked to, and of nothing once it is closed', async () => {
    const address = { host: '127.0.0.1', port: await freePort() }
    const plane = await ControlPlane.start({ ...options, SETTLE_METRICS_LISTEN: address }, log, never)
    const scrape = () => fetch(`http://127.0.0.1:${address.port}/metrics`)
    const text = await (await scrape()).text()
    expect(text).toContain('headframe_payouts{state="planned"} 0')
    expect(text).toContain('headframe_owed_satoshis{part="available"} 0')
    await plane.close()
    await expect(scrape()).rejects.toThrow()
  })

  it('takes a found block to a balance that can be paid, over real queues', async () => {
    const plane = await ControlPlane.start(options, log, never)
    const journal = new TestJournal(db)
    await journal.ship(['addrAnna', 2])
    const rpc = testBitcoinRpc()
    const [hash = ''] = await rpc<string[]>('generatetoaddress', [1, options.POOL_ADDRESS])
    const { height } = await rpc<{ height: number }>('getblockheader', [hash])
    const { writerId, shareSeq: windowEndShareSeq } = journal
    await recordCandidate(
      db,
      candidateOf({ hash, height, foundAtMs: Date.now(), writerId, windowEndShareSeq }),
    )
    const booked = (status: string) =>
      vi.waitFor(
        async () => {
          const block = await db.prisma.block.findUniqueOrThrow({ where: { hash } })
          expect(block.bookedStatus).toBe(status)
        },
        { timeout: 30_000, interval: 100 },
      )
    await booked('immature')
    await rpc('generatetoaddress', [100, await rpc<string>('getnewaddress')])
    await booked('mature')
    await vi.waitFor(async () => expect(await db.prisma.minerRollup.count()).toBe(4), { timeout: 10_000 })
    expect(await checkLedger(db.pool)).toEqual([])
    expect(await db.prisma.pool.findUniqueOrThrow({ where: { id: 1 } })).toMatchObject({
      network: 'regtest',
      poolAddress: options.POOL_ADDRESS,
      feeBasisPoints: 100,
      finderBonusBasisPoints: 0,
      stratumPorts: [
        { port: 3333, mode: 'pplns' },
        { port: 3334, mode: 'solo' },
      ],
    })
    await plane.close()
  })

  it('refuses a database of another network and an address of another network', async () => {
    const other = await createTestDatabase()
    const otherDb = openDatabase({ url: other.url })
    await migrate(otherDb.pool)
    await otherDb.pool.query(`UPDATE journal_head SET network = 'mainnet'`)
    await expect(ControlPlane.start({ ...options, DATABASE_URL: other.url }, log, never)).rejects.toThrow(
      'belongs to a pool on mainnet',
    )
    const mainnet = { ...options, POOL_ADDRESS: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' }
    await expect(ControlPlane.start(mainnet, log, never)).rejects.toThrow('POOL_ADDRESS')
    await otherDb.close()
    await other.drop()
  })

  it('waits for a database that is away until it is told to stop', async () => {
    const stopping = new AbortController()
    const away = { ...options, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }
    const starting = ControlPlane.start(away, log, stopping.signal)
    setTimeout(() => stopping.abort(), 300)
    await expect(starting).rejects.toMatchObject({ name: 'AbortError' })
    const missing = new URL(options.DATABASE_URL)
    missing.pathname = '/no_such_database'
    await expect(ControlPlane.start({ ...options, DATABASE_URL: missing.href }, log, never)).rejects.toThrow(
      'does not exist',
    )
  })
})
