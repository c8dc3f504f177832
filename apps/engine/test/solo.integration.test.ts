import { hexToBytes } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import type { Job } from '@headframe/core/job/job'
import { soloVariant } from '@headframe/core/job/job-variant'
import { openDatabase, type Database } from '@headframe/db/database'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { readBalances } from '@headframe/db/ledger/read-balances'
import { migrate } from '@headframe/db/migrate'
import { findMiner } from '@headframe/db/miner/find-miner'
import { listEarnings } from '@headframe/db/miner/list-earnings'
import { readBalance } from '@headframe/db/miner/read-balance'
import { savePool } from '@headframe/db/pool/save-pool'
import { createTestDatabase } from '@headframe/local/testing/services'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AnyNode } from '../src/bitcoind/any-node.js'
import { closeNodes, openNodes, type Node } from '../src/bitcoind/open-nodes.js'
import { BlockWatch } from '../src/block/block-watch.js'
import { startShipper, type Shipper } from '../src/processes/shipper.js'
import { settleBlockTask } from '../src/tasks/settle-block.js'
import { watchBlocksTask } from '../src/tasks/watch-blocks.js'
import type { Task } from '../src/tasks/task.js'
import { assign, EASY, findNonce } from './find-share.js'
import { openRealPool, type RealPool } from './real-pool.js'
import { LineClient } from './stratum/line-client.js'

const FEE_BASIS_POINTS = 150
const DONATION_BASIS_POINTS = 50
const DONATION = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
const log = pino({ level: 'silent' })

let pool: RealPool
let database: Database
let created: Awaited<ReturnType<typeof createTestDatabase>>
let shipper: Shipper
let nodes: readonly Node[]
let tasks: readonly Task[]
let finder: string
let job: Job

beforeAll(async () => {
  pool = await openRealPool({
    ports: '0 mode=solo fixed=1e-9',
    settings: {
      POOL_FEE_BASIS_POINTS: String(FEE_BASIS_POINTS),
      DONATION_ADDRESS: DONATION,
      DONATION_BASIS_POINTS: String(DONATION_BASIS_POINTS),
    },
  })
  created = await createTestDatabase()
  database = openDatabase({ url: created.url })
  await migrate(database.pool)
  const { engine, plan, poolAddress } = pool
  const settings = {
    network: 'regtest',
    poolAddress,
    poolTag: '/test/',
    stratumPorts: engine.STRATUM_PORTS,
  } as const
  const terms = { feeBasisPoints: FEE_BASIS_POINTS, finderBonusBasisPoints: 0, pplnsWindow: 4 }
  await savePool(database, { ...settings, ...terms }, plan.restScript, Date.now())
  shipper = startShipper({ dataDir: pool.dataDir, databaseUrl: created.url }, { log, nowMs: Date.now })
  nodes = openNodes(engine.BITCOIND_URLS)
  const network = 'regtest'
  const about = { db: database, nodes, network, rpc: new AnyNode(nodes) } as const
  const modules = { ...about, log, nowMs: Date.now, onChange: () => undefined }
  tasks = [
    watchBlocksTask({ watch: new BlockWatch(modules) }),
    settleBlockTask({ network: 'regtest', ...terms }, modules),
  ]
  finder = await pool.node.rpc<string>('getnewaddress', ['', 'legacy'])
  await pool.node.rpc('sendtoaddress', [finder, 1])
  // An empty block: on the same tip the node would go on with its template of before for five seconds.
  await pool.node.rpc('generateblock', [finder, []])
  job = await pool.postJob()
})
afterAll(async () => {
  closeNodes(nodes)
  await shipper.close()
  await pool.close()
  await database.close()
  await created.drop()
})

const hex8 = (number: number): string => number.toString(16).padStart(8, '0')

/** A block over Stratum, on regtest as easy as a share; its hash. */
async function mineSolo(): Promise<string> {
  const client = await LineClient.connect(pool.ports[0]!)
  const { result } = await client.call(1, 'mining.subscribe', [])
  const extranonce1 = hexToBytes((result as [unknown, string])[1])
  await client.call(2, 'mining.authorize', [`${finder}.rig`])
  const [wireJobId] = (await client.push('mining.notify')) as [string]
  const parsed = parseAddress(finder, 'regtest')
  const held = soloVariant(job, parsed.ok ? parsed.script : new Uint8Array(0))
  const nonce = findNonce(assign(held, EASY, Uint8Array.of(0, ...extranonce1)), EASY)
  const params = [`${finder}.rig`, wireJobId, '0000000000000000', hex8(job.ntime), hex8(nonce)]
  expect(await client.call(3, 'mining.submit', params)).toMatchObject({ result: true })
  await expect
    .poll(() => pool.told.filter(({ type }) => type === 'block-answered'), { timeout: 10_000 })
    .toHaveLength(1)
  expect(pool.told.at(-1)).toMatchObject({ answer: { result: null } })
  return pool.node.rpc<string>('getbestblockhash')
}

async function run(): Promise<void> {
  for (let round = 0; round < 2; round++) for (const task of tasks) await task.handler({})
}

async function balances(): Promise<Record<string, bigint>> {
  return Object.fromEntries([...(await readBalances(database.pool))].filter(([, sats]) => sats !== 0n))
}

/** What the coinbase on the chain pays, by address. */
async function coinbaseOf(hash: string): Promise<Record<string, bigint>> {
  const block = await pool.node.rpc<{
    tx: { vout: { value: number; scriptPubKey: { address?: string } }[] }[]
  }>('getblock', [hash, 2])
  const outputs = block.tx[0]!.vout.filter(({ value }) => value > 0)
  return Object.fromEntries(
    outputs.map(({ value, scriptPubKey }) => [scriptPubKey.address!, BigInt(Math.round(value * 1e8))]),
  )
}

test('a block found on a solo port pays its finder on the chain, and the ledger owes him nothing', async () => {
  const hash = await mineSolo()
  const value = job.coinbaseValueSats
  const fee = (value * BigInt(FEE_BASIS_POINTS)) / 10_000n
  const both = (value * BigInt(FEE_BASIS_POINTS + DONATION_BASIS_POINTS)) / 10_000n
  expect(job.feesSats).toBeGreaterThan(0n)
  expect(await coinbaseOf(hash)).toEqual({
    [finder]: value - both,
    [pool.poolAddress]: fee,
    [DONATION]: both - fee,
  })

  await expect.poll(() => database.prisma.block.count(), { timeout: 10_000 }).toBe(1)
  await expect
    .poll(
      async () => {
        await run()
        return database.prisma.settlement.count()
      },
      { timeout: 10_000 },
    )
    .toBe(1)
  const credited = { 'asset:coinbase_immature': fee, 'equity:fee_income': -fee }
  expect(await balances()).toEqual(credited)
  const kindsOf = async (): Promise<string[]> =>
    (await database.prisma.ledgerTransaction.findMany({ orderBy: { id: 'asc' } })).map(({ kind }) => kind)
  expect(await kindsOf()).toEqual(['block-credit', 'block-pay'])
  const settlement = await database.prisma.settlement.findUniqueOrThrow({ where: { blockHash: hash } })
  expect(settlement).toMatchObject({ poolFeeSats: fee, rewardSats: value - both, donationSats: both - fee })
  expect(settlement.subsidySats + settlement.feesSats).toBe(value)
  const miner = (await findMiner(database.pool, finder))!
  expect(await listEarnings(database.pool, miner.minerId, undefined, 10)).toMatchObject([
    { amountSats: value - both, directSats: value - both },
  ])
  expect(await readBalance(database.pool, miner.minerId)).toEqual({
    immatureSats: 0n,
    availableSats: 0n,
    lockedSats: 0n,
    paidSats: 0n,
    directSats: value - both,
  })
  expect(await checkLedger(database.pool)).toEqual([])

  // A reorganisation takes it back, and its end brings it again.
  await pool.node.rpc('invalidateblock', [hash])
  await run()
  expect(await balances()).toEqual({})
  expect((await readBalance(database.pool, miner.minerId)).directSats).toBe(0n)
  expect(await checkLedger(database.pool)).toEqual([])
  await pool.node.rpc('reconsiderblock', [hash])
  await run()
  expect(await balances()).toEqual(credited)
  await pool.node.rpc('generatetoaddress', [100, pool.poolAddress])
  await run()
  expect(await balances()).toEqual({ 'asset:wallet': fee, 'equity:fee_income': -fee })
  expect(await kindsOf()).toEqual([
    'block-credit',
    'block-pay',
    'block-stale',
    'block-credit',
    'block-pay',
    'block-mature',
  ])
  expect(await checkLedger(database.pool)).toEqual([])
}, 60_000)
