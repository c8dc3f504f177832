import { scoreOfShare, SCORE_UNIT } from '@headframe/core/accounting/score'
import { parseAddress } from '@headframe/core/chain/address'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import type { PayoutMode } from '@headframe/core/share/share'
import { listAlarms } from '@headframe/db/alarm/alarms'
import { recordCandidate } from '@headframe/db/block/record-candidate'
import { openDatabase, type Database } from '@headframe/db/database'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { readBalances } from '@headframe/db/ledger/read-balances'
import { migrate } from '@headframe/db/migrate'
import { savePool } from '@headframe/db/pool/save-pool'
import { createTestDatabase } from '@headframe/local/testing/services'
import { pino } from 'pino'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AnyNode } from '../../src/bitcoind/any-node.js'
import { closeNodes, openNodes, type Node } from '../../src/bitcoind/open-nodes.js'
import { RpcUnavailable } from '../../src/bitcoind/rpc-client.js'
import { BlockWatch } from '../../src/block/block-watch.js'
import { settleBlockTask } from '../../src/tasks/settle-block.js'
import type { Task } from '../../src/tasks/task.js'
import { watchBlocksTask } from '../../src/tasks/watch-blocks.js'
import { candidateOf } from '../candidate-of.js'
import { ownNode } from '../own-node.js'
import { NBITS_1, TestJournal } from './test-journal.js'

const FEE_BASIS_POINTS = 150
const PPLNS_WINDOW = 4
const NO_BONUS = { finderBonusBasisPoints: 0 }
const [ANNA, BERT, CARL] = ['addrAnna', 'addrBert', 'addrCarl'] as const
let alarms: string[] = []
const log = pino({ level: 'fatal' }, { write: (line: string) => void alarms.push(line) })

const node = ownNode()
let nodes: readonly Node[] = []
let created: Awaited<ReturnType<typeof createTestDatabase>>
let db: Database
let journal: TestJournal
let poolAddress: string
let elsewhere: string
let watch: Task
let settle: Task
let changes: string[]

afterAll(() => closeNodes(nodes))

beforeEach(async () => {
  created = await createTestDatabase()
  db = openDatabase({ url: created.url })
  await migrate(db.pool)
  poolAddress = await node().rpc<string>('getnewaddress')
  elsewhere = await node().rpc<string>('getnewaddress')
  await announce(poolAddress)
  journal = new TestJournal(db)
  changes = []
  alarms = []
  startTasks(node().url)
})
afterEach(async () => {
  expect(await checkLedger(db.pool)).toEqual([])
  await db.close()
  await created.drop()
})

function startTasks(urls: string, terms: { finderBonusBasisPoints: number } = NO_BONUS): void {
  closeNodes(nodes)
  nodes = openNodes(parseBitcoinNodes(urls))
  const modules = {
    db,
    nodes,
    network: 'regtest' as const,
    rpc: new AnyNode(nodes),
    log,
    nowMs: Date.now,
    onChange: (hash: string) => void changes.push(hash),
  }
  watch = watchBlocksTask({ watch: new BlockWatch(modules) })
  const payout = { feeBasisPoints: FEE_BASIS_POINTS, pplnsWindow: PPLNS_WINDOW, ...terms }
  settle = settleBlockTask({ network: 'regtest', ...payout }, modules)
}

/** As `settle` does at its start. */
async function announce(address: string): Promise<void> {
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  const rest = {
    poolTag: '/t/',
    feeBasisPoints: FEE_BASIS_POINTS,
    pplnsWindow: PPLNS_WINDOW,
    stratumPorts: [],
    ...NO_BONUS,
  }
  await savePool(db, { network: 'regtest', poolAddress: address, ...rest }, parsed.script, Date.now())
}

async function mine(address = poolAddress, count = 1): Promise<string> {
  const hashes = await node().rpc<string[]>('generatetoaddress', [count, address])
  return hashes[0]!
}

/** The block as a stratum process would have written it down at this moment. */
async function found(hash: string, mode: PayoutMode = 'pplns', finder: string = ANNA): Promise<void> {
  const { height } = await node().rpc<{ height: number }>('getblockheader', [hash])
  await record(hash, height, mode, finder)
}

async function record(
  hash: string,
  height: number,
  mode: PayoutMode = 'pplns',
  finder: string = ANNA,
): Promise<void> {
  const { writerId, incarnation, shareSeq: windowEndShareSeq } = journal
  const place = { writerId, incarnation, windowEndShareSeq }
  await recordCandidate(
    db,
    candidateOf({ hash, height, mode, address: finder, foundAtMs: Date.now(), ...place }),
  )
}

/** Runs both tasks, in both orders and more often than is needed. */
async function run(): Promise<void> {
  for (const task of [settle, watch, watch, settle, settle, watch]) await task.handler({})
}

async function statusOf(hash: string): Promise<string> {
  const { status, bookedStatus } = await db.prisma.block.findUniqueOrThrow({ where: { hash } })
  expect(bookedStatus === status || status === 'candidate').toBe(true)
  return status
}

/** Accounts that are not at 0, what is owed as a positive number. */
async function balances(): Promise<Record<string, bigint>> {
  const all = [...(await readBalances(db.pool))].filter(([, sats]) => sats !== 0n)
  return Object.fromEntries(
    all.map(([name, sats]) => [name.replace('liability:miner:', ''), sats < 0n ? -sats : sats]),
  )
}

async function coinbaseValue(hash: string): Promise<bigint> {
  const block = await node().rpc<{ tx: { vout: { value: number }[] }[] }>('getblock', [hash, 2])
  return BigInt(Math.round(block.tx[0]!.vout.reduce((sum, { value }) => sum + value, 0) * 1e8))
}

const kinds = async (): Promise<string[]> => {
  const rows = await db.prisma.ledgerTransaction.findMany({ orderBy: { id: 'asc' } })
  return rows.map(({ kind, occurrence }) => `${kind} ${occurrence}`)
}

describe('a block of the pool', () => {
  it('is split over the window to the satoshi, and becomes available after 100 blocks', async () => {
    await journal.ship([CARL, 3], [BERT, 1])
    await journal.ship([ANNA, 0.5], [CARL, 9, 'solo'], [BERT, 0.75])
    await journal.ship([ANNA, 0.25])
    const hash = await mine()
    await found(hash)
    // A share behind the winning one does not count.
    await journal.ship([CARL, 7])
    await run()
    expect(await statusOf(hash)).toBe('immature')

    const value = await coinbaseValue(hash)
    const fee = (value * BigInt(FEE_BASIS_POINTS)) / 10_000n
    // The window holds 4: of Anna and Bert all their shares, and of Carl's 3 what is left of it.
    const scoreOf = (...difficulties: number[]) =>
      difficulties.reduce((sum, difficulty) => sum + scoreOfShare(difficulty, NBITS_1), 0n)
    const window = 4n * SCORE_UNIT
    const [c1, c2] = [scoreOf(0.5, 0.25), scoreOf(0.5, 0.25, 0.75, 1)]
    const upTo = (prefix: bigint) => ((value - fee) * prefix) / window
    const [anna, bert, carl] = [upTo(c1), upTo(c2) - upTo(c1), value - fee - upTo(c2)]
    const immature = { 'addrAnna:immature': anna, 'addrBert:immature': bert, 'addrCarl:immature': carl }
    expect(anna + bert + carl + fee).toBe(value)
    expect(await balances()).toEqual({
      'asset:coinbase_immature': value,
      'equity:fee_income': fee,
      ...immature,
    })
    const settlement = await db.prisma.settlement.findUniqueOrThrow({ where: { blockHash: hash } })
    expect(settlement).toMatchObject({
      coinbaseValueSats: value,
      poolFeeSats: fee,
      windowStartPosition: 1n,
      windowStartIndex: 0,
    })
    expect(settlement.subsidySats + settlement.feesSats).toBe(value)

    await mine(elsewhere, 99)
    await run()
    expect(await statusOf(hash)).toBe('immature')
    expect((await db.prisma.block.findUniqueOrThrow({ where: { hash } })).confirmations).toBe(100)
    await mine(elsewhere)
    await run()
    expect(await statusOf(hash)).toBe('mature')
    expect(await balances()).toEqual({
      'asset:wallet': value,
      'equity:fee_income': fee,
      'addrAnna:available': anna,
      'addrBert:available': bert,
      'addrCarl:available': carl,
    })
    expect(await kinds()).toEqual(['block-credit 1', 'block-mature 1'])
    expect(new Set(changes)).toEqual(new Set([hash]))
  })

  it('that is invalidated nets to zero, and comes back as it was', async () => {
    await journal.ship([ANNA, 1], [BERT, 2])
    const hash = await mine()
    await found(hash)
    await mine(elsewhere, 3)
    await run()
    const credited = await balances()
    expect(credited['addrBert:immature']).toBeGreaterThan(0n)

    await node().rpc('invalidateblock', [hash])
    await run()
    expect(await statusOf(hash)).toBe('stale')
    expect(await balances()).toEqual({})

    await node().rpc('reconsiderblock', [hash])
    await run()
    expect(await statusOf(hash)).toBe('immature')
    expect(await balances()).toEqual(credited)
    expect(await kinds()).toEqual(['block-credit 1', 'block-stale 1', 'block-credit 2'])
    expect(await db.prisma.settlement.count()).toBe(1)
  })

  it('is taken out again even after it was mature, whoever watches', async () => {
    await journal.ship([ANNA, 1])
    const hash = await mine()
    await found(hash)
    await mine(elsewhere, 100)
    await run()
    expect(await statusOf(hash)).toBe('mature')
    await node().rpc('invalidateblock', [hash])
    await run()
    expect(await statusOf(hash)).toBe('stale')
    expect(await balances()).toEqual({})
    // A settle that starts now has seen nothing of it.
    startTasks(node().url)
    await node().rpc('reconsiderblock', [hash])
    await run()
    expect(await statusOf(hash)).toBe('mature')
    expect(await kinds()).toEqual([
      'block-credit 1',
      'block-mature 1',
      'block-stale 1',
      'block-credit 2',
      'block-mature 2',
    ])
  })

  it('that lost its race is stale, and nobody is credited', async () => {
    await journal.ship([ANNA, 1])
    const height = await node().rpc<number>('getblockcount')
    const unknown = 'f'.repeat(64)
    await record(unknown, height + 1)
    await run()
    expect(await statusOf(unknown)).toBe('candidate')
    await mine(elsewhere)
    await run()
    expect(await statusOf(unknown)).toBe('stale')
    expect(await kinds()).toEqual([])
  })

  it('pays all but the fee to the finder on a SOLO port, and to the finder when the window is empty', async () => {
    await journal.ship([BERT, 5, 'solo'], [CARL, 5, 'solo'])
    const first = await mine()
    await found(first, 'pplns', CARL)
    await journal.ship([BERT, 5])
    const second = await mine()
    await found(second, 'solo', ANNA)
    await run()
    const rewardOf = async (hash: string) => {
      const value = await coinbaseValue(hash)
      return value - (value * BigInt(FEE_BASIS_POINTS)) / 10_000n
    }
    const earnings = await db.prisma.earning.findMany({
      include: { miner: true },
      orderBy: { minerId: 'asc' },
    })
    const paid = earnings.map(({ blockHash, miner, amountSats }) => [blockHash, miner.address, amountSats])
    expect(paid.sort()).toEqual(
      [
        [first, CARL, await rewardOf(first)],
        [second, ANNA, await rewardOf(second)],
      ].sort(),
    )
  })

  it('gives its finder his bonus first, written down apart from what his shares earn', async () => {
    startTasks(node().url, { finderBonusBasisPoints: 500 })
    await journal.ship([CARL, 3], [BERT, 1])
    const byCarl = await mine()
    await found(byCarl, 'pplns', CARL)
    await run()
    const value = await coinbaseValue(byCarl)
    const fee = (value * BigInt(FEE_BASIS_POINTS)) / 10_000n
    const bonus = ((value - fee) * 500n) / 10_000n
    const bert = (value - fee - bonus) / 4n
    expect(await balances()).toEqual({
      'asset:coinbase_immature': value,
      'equity:fee_income': fee,
      'addrBert:immature': bert,
      'addrCarl:immature': value - fee - bert,
    })
    const settlement = await db.prisma.settlement.findUniqueOrThrow({
      where: { blockHash: byCarl },
      include: { earnings: { include: { miner: true } } },
    })
    expect(settlement).toMatchObject({ bonusSats: bonus, finderBonusBasisPoints: 500 })
    expect(new Map(settlement.earnings.map((row) => [row.miner.address, row.bonusSats]))).toEqual(
      new Map([
        [BERT, 0n],
        [CARL, bonus],
      ]),
    )
    // Alone on a solo port, there is nobody to take it from.
    const solo = await mine()
    await found(solo, 'solo', ANNA)
    await run()
    expect(await db.prisma.settlement.findUniqueOrThrow({ where: { blockHash: solo } })).toMatchObject({
      bonusSats: 0n,
      finderBonusBasisPoints: 0,
    })
    await node().rpc('generatetoaddress', [100, elsewhere])
    await run()
    expect(await statusOf(byCarl)).toBe('mature')
  })

  it('waits for its own last share, and for no longer than that', async () => {
    await journal.ship([ANNA, 1])
    journal.shareSeq += 2n
    const hash = await mine()
    await found(hash)
    journal.shareSeq -= 2n
    await run().catch(() => undefined)
    const block = await db.prisma.block.findUniqueOrThrow({ where: { hash } })
    expect(block).toMatchObject({ status: 'immature', bookedStatus: 'candidate', windowEndPosition: null })
    await journal.ship([BERT, 1])
    await settle.handler({})
    expect(await kinds()).toEqual([])
    // The process died with the third share: its next start cannot bring it any more.
    journal.incarnation = 2
    await journal.ship([CARL, 1])
    await run()
    expect(Object.keys(await balances()).sort()).toEqual([
      'addrAnna:immature',
      'addrBert:immature',
      'asset:coinbase_immature',
      'equity:fee_income',
    ])
  })

  it('of an earlier pool address is still ours; one that pays somebody else credits nobody and holds up nobody', async () => {
    await journal.ship([ANNA, 1])
    const foreign = await mine(elsewhere)
    await found(foreign)
    const ours = await mine()
    await found(ours)
    await announce(await node().rpc<string>('getnewaddress'))
    await run()
    expect(alarms.filter((line) => line.includes(foreign))).toHaveLength(1)
    expect(alarms[0]).toContain('pays no address of this pool')
    const message = expect.stringMatching(/cannot be settled: .*pays no address of this pool/) as string
    expect(await listAlarms(db.pool, 10)).toMatchObject([{ name: 'block', subject: foreign, message }])
    expect(await statusOf(ours)).toBe('immature')
    expect(await kinds()).toEqual(['block-credit 1'])
    // It is over when the block can be settled after all.
    await announce(elsewhere)
    await run()
    expect(await listAlarms(db.pool, 10)).toEqual([])
  })

  it('stays as it is while the node is away', async () => {
    await journal.ship([ANNA, 1])
    const hash = await mine()
    await found(hash)
    await run()
    const before = await balances()
    startTasks('http://user:password@127.0.0.1:1')
    await expect(watch.handler({})).rejects.toBeInstanceOf(RpcUnavailable)
    await settle.handler({})
    expect(await statusOf(hash)).toBe('immature')
    expect(await balances()).toEqual(before)
  })
})
