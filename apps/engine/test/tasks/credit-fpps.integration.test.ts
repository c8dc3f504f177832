import { scoreOfShare, SCORE_UNIT } from '@headframe/core/accounting/score'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { listAlarms } from '@headframe/db/alarm/alarms'
import { recordCandidate } from '@headframe/db/block/record-candidate'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { AnyNode } from '../../src/bitcoind/any-node.js'
import { closeNodes, openNodes, type Node } from '../../src/bitcoind/open-nodes.js'
import { RpcUnavailable } from '../../src/bitcoind/rpc-client.js'
import { creditFppsTask } from '../../src/tasks/credit-fpps.js'
import type { Task } from '../../src/tasks/task.js'
import { candidateOf } from '../candidate-of.js'
import { ownNode } from '../own-node.js'
import { openSettlePool, type SettlePool } from './settle-pool.js'
import { NBITS_1 } from './test-journal.js'

const FEE_BASIS_POINTS = 400
const RESERVE_SATS = 10_000_000_000n
const [ANNA, BERT] = ['addrAnna', 'addrBert'] as const

const node = ownNode()
const opened: (readonly Node[])[] = []
afterAll(() => opened.forEach((nodes) => closeNodes(nodes)))

interface LogLine {
  readonly msg: string
  readonly level: number
  readonly [field: string]: unknown
}

function openTask({ db }: SettlePool, url: string, lines: LogLine[] = []): Task {
  const nodes = openNodes(parseBitcoinNodes(url))
  opened.push(nodes)
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) })
  const terms = { feeBasisPoints: FEE_BASIS_POINTS, feeBlocks: 3, reserveSats: RESERVE_SATS }
  return creditFppsTask(
    { network: 'regtest', ...terms, everyMs: 60_000 },
    { db, rpc: new AnyNode(nodes), log, nowMs: Date.now },
  )
}

/** Fees of the last blocks of the node, by its own word. */
async function feesOf(...hashes: string[]): Promise<bigint> {
  let sum = 0n
  for (const hash of hashes) {
    const { totalfee } = await node().rpc<{ totalfee: number }>('getblockstats', [hash, ['totalfee']])
    sum += BigInt(totalfee)
  }
  return sum
}

test('shares of an fpps port are paid by the chain as it is, whether or not a block is found', async () => {
  const { rpc, url } = node()
  const pool = await openSettlePool(await rpc<string>('getnewaddress'))
  const elsewhere = await rpc<string>('getnewaddress')
  const lines: LogLine[] = []
  const task = openTask(pool, url, lines)
  await pool.journal.ship([ANNA, 0.5, 'fpps'], [BERT, 0.25, 'fpps'], [BERT, 3])
  const away = openTask(pool, 'http://user:password@127.0.0.1:1')
  await expect(away.handler({})).rejects.toBeInstanceOf(RpcUnavailable)
  expect(await pool.balances()).toEqual({})

  await rpc('sendtoaddress', [elsewhere, 1])
  const paying = (await rpc<string[]>('generatetoaddress', [1, elsewhere]))[0]!
  const plain = await rpc<string[]>('generatetoaddress', [2, elsewhere])
  const fees = await feesOf(paying, ...plain)
  expect(fees).toBeGreaterThan(0n)
  await task.handler({})
  const { subsidy } = await rpc<{ subsidy: number }>('getblockstats', [plain[1], ['subsidy']])
  const rate = ((3n * BigInt(subsidy) + fees) * BigInt(10_000 - FEE_BASIS_POINTS)) / 30_000n
  const worth = (difficulty: number): bigint => (scoreOfShare(difficulty, NBITS_1) * rate) / SCORE_UNIT
  const paid = {
    'equity:fpps_reserve': worth(0.5) + worth(0.25),
    [`liability:miner:${ANNA}:available`]: -worth(0.5),
    [`liability:miner:${BERT}:available`]: -worth(0.25),
  }
  expect(await pool.balances()).toEqual(paid)
  expect(lines).toMatchObject([{ msg: 'FPPS shares are paid', level: 30 }])
  expect(lines[0]!['ruinChance']).toBeGreaterThan(0)
  await task.handler({})
  expect(await pool.balances()).toEqual(paid)

  // Of the same three blocks, the first has left the average.
  const next = (await rpc<string[]>('generatetoaddress', [1, elsewhere]))[0]!
  await pool.journal.ship([ANNA, 0.5, 'fpps'])
  await task.handler({})
  const stretches = await pool.db.prisma.fppsStretch.findMany({ orderBy: { endPosition: 'asc' } })
  expect(stretches.map(({ tipHash, feesSats, feeBlocks }) => [tipHash, feesSats, feeBlocks])).toEqual([
    [plain[1], fees, 3],
    [next, await feesOf(...plain, next), 3],
  ])

  expect(await listAlarms(pool.db.pool, 10)).toEqual([])
  // What bad luck costs is told before the reserve is gone, and when it is.
  await pool.journal.ship([BERT, 5, 'fpps'])
  await task.handler({})
  expect(lines.at(-1)).toMatchObject({ level: 60, ruinChance: 1 })
  expect(lines.at(-1)!.msg).toContain('is used up')
  const message = expect.stringMatching(/^The FPPS reserve is used up: -\d+/) as string
  expect(await listAlarms(pool.db.pool, 10)).toMatchObject([{ name: 'fpps-reserve', subject: '', message }])
}, 60_000)

test('a block of theirs goes to the reserve as a whole, and out of it again when it is stale', async () => {
  const { rpc, url } = node()
  const poolAddress = await rpc<string>('getnewaddress')
  const pool = await openSettlePool(poolAddress)
  await pool.journal.ship([ANNA, 1, 'fpps'], [BERT, 2])
  const [hash] = (await rpc<string[]>('generatetoaddress', [1, poolAddress])) as [string]
  const { height } = await rpc<{ height: number }>('getblockheader', [hash])
  const { writerId, incarnation, shareSeq: windowEndShareSeq } = pool.journal
  const place = { writerId, incarnation, windowEndShareSeq, foundAtMs: Date.now() }
  await recordCandidate(pool.db, candidateOf({ hash, height, mode: 'fpps', address: ANNA, ...place }))
  await pool.run(url)
  const block = await rpc<{ tx: { vout: { value: number }[] }[] }>('getblock', [hash, 2])
  const value = BigInt(Math.round(block.tx[0]!.vout.reduce((sum, { value: part }) => sum + part, 0) * 1e8))
  const credited = { 'asset:coinbase_immature': value, 'equity:fpps_reserve': -value }
  expect(await pool.balances()).toEqual(credited)
  expect(await pool.db.prisma.earning.count()).toBe(0)
  await rpc('invalidateblock', [hash])
  await pool.run(url)
  expect(await pool.balances()).toEqual({})
  await rpc('reconsiderblock', [hash])
  await rpc('generatetoaddress', [100, await rpc<string>('getnewaddress')])
  await pool.run(url)
  expect(await pool.balances()).toEqual({ 'asset:wallet': value, 'equity:fpps_reserve': -value })
}, 60_000)
