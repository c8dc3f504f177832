import { scoreOfShare, SCORE_UNIT } from '@headframe/core/accounting/score'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { readBalances } from '@headframe/db/ledger/read-balances'
import { readPool } from '@headframe/db/pool/read-pool'
import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'
import { expect, onTestFinished, test } from 'vitest'
import { ownNode } from './own-node.js'
import { LONG_MS, NOBODY, openServe, type ServeProcess } from './processes/serve-process.js'
import { until } from './until.js'

const DIFFICULTY = 1e-9
const REGTEST_NBITS = 0x207fffff
const FEE_BASIS_POINTS = 400n
const BLOCK_SATS = 5_000_000_000n

const node = ownNode()

/** One share, which on regtest is a block as well; returns when the node has it. */
async function mine(serve: ServeProcess, address: string): Promise<void> {
  const before = await node().rpc<string>('getbestblockhash')
  const client = await StratumClient.connect({ host: '127.0.0.1', port: serve.port })
  onTestFinished(() => client.close())
  await client.subscribe()
  await client.authorize(`${address}.rig`)
  const tip = Buffer.from(before, 'hex').reverse()
  const job = await client.jobWhere((one) => tip.equals(one.prevHash))
  expect(await client.submit(solve(job, { wanted: 'block' }))).toEqual({ isAccepted: true })
  await until(async () => (await node().rpc<string>('getbestblockhash')) !== before)
}

async function balancesOf({ database }: ServeProcess): Promise<Readonly<Record<string, bigint>>> {
  return Object.fromEntries([...(await readBalances(database.pool))].filter(([, sats]) => sats !== 0n))
}

test(
  'serve takes shares at an fpps port, settle pays them before their blocks can be spent, and the reserve has those',
  async () => {
    const [anna, bert] = [
      await node().rpc<string>('getnewaddress'),
      await node().rpc<string>('getnewaddress'),
    ]
    await node().rpc('generatetoaddress', [1, NOBODY])
    const { url, zmqRawblockUrl } = node()
    const serve = await openServe({
      nodeUrl: `${url} rawblock=${zmqRawblockUrl}`,
      port: `mode=fpps fixed=${DIFFICULTY}`,
      processes: 1,
      environment: {
        FPPS_RESERVE_BTC: '4350',
        FPPS_FEE_BASIS_POINTS: String(FEE_BASIS_POINTS),
        FPPS_FEE_BLOCKS: '3',
      },
    })
    const { database, lines } = serve
    await serve.start()
    for (const address of [anna, bert, anna]) await mine(serve, address)
    await until(async () => (await database.prisma.journalHead.findFirst())?.shareCount === 3n)
    await serve.startSettle()

    // No fees are in these blocks, and none has halved.
    const rate = (BLOCK_SATS * (10_000n - FEE_BASIS_POINTS)) / 10_000n
    const worth = (shares: bigint): bigint =>
      (shares * scoreOfShare(DIFFICULTY, REGTEST_NBITS) * rate) / SCORE_UNIT
    const owed = {
      [`liability:miner:${anna}:available`]: -worth(2n),
      [`liability:miner:${bert}:available`]: -worth(1n),
    }
    const reserve = { 'equity:fpps_reserve': worth(2n) + worth(1n) - 3n * BLOCK_SATS }
    const booked = (status: 'immature' | 'mature') =>
      until(async () => (await database.prisma.block.count({ where: { bookedStatus: status } })) === 3)
    await booked('immature')
    await until(async () => (await database.prisma.fppsStretch.count()) === 1)
    expect(await balancesOf(serve)).toEqual({
      ...owed,
      ...reserve,
      'asset:coinbase_immature': 3n * BLOCK_SATS,
    })
    await node().rpc('generatetoaddress', [100, await node().rpc<string>('getnewaddress')])
    await booked('mature')
    expect(await balancesOf(serve)).toEqual({ ...owed, ...reserve, 'asset:wallet': 3n * BLOCK_SATS })
    expect(await checkLedger(database.pool)).toEqual([])

    const fpps = { feeBasisPoints: 400, reserveSats: 435_000_000_000n }
    expect(await readPool(database.pool)).toMatchObject({ fpps })
    // Either program has said at its start what that takes.
    const told = lines.filter(({ msg }) =>
      /^FPPS is at the pool's risk: .* 87 blocks .*4350\.0+ BTC/.test(msg),
    )
    expect(told.map(({ process }) => process)).toEqual(['primary', 'settle'])
  },
  LONG_MS,
)
