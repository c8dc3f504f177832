import { scoreOfShare } from '@headframe/core/accounting/score'
import { bytesToHex } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import type { Database } from '@headframe/db/database'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { readBalances } from '@headframe/db/ledger/read-balances'
import { savePool } from '@headframe/db/pool/save-pool'
import type { PoolJob } from '@headframe/miner/pool-job'
import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { AnyNode } from '../src/bitcoind/any-node.js'
import { closeNodes, openNodes } from '../src/bitcoind/open-nodes.js'
import { BlockWatch } from '../src/block/block-watch.js'
import { replay } from '../src/rebuild/replay.js'
import { settleBlockTask } from '../src/tasks/settle-block.js'
import { watchBlocksTask } from '../src/tasks/watch-blocks.js'
import { ownNode } from './own-node.js'
import { openEmpty } from './rebuild/open-empty.js'
import { LONG_MS, NOBODY, openServe, type ServeProcess } from './processes/serve-process.js'
import { NBITS_1, TestJournal } from './tasks/test-journal.js'
import { until } from './until.js'

const FEE_BASIS_POINTS = 150
const BONUS_BASIS_POINTS = 100
const DONATION_BASIS_POINTS = 50
/** Worth some satoshis, too few to be spent. */
const DUST_DIFFICULTY = 1e-8

/** For jobs that a look at the database has to come before. */
const PATIENCE_MS = 60_000

const node = ownNode()

function scriptOf(address: string): string {
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  return bytesToHex(parsed.script)
}

const pays = (job: PoolJob, address: string): boolean =>
  bytesToHex(job.coinbaseSuffix).includes(scriptOf(address))

async function connect(serve: ServeProcess, address: string): Promise<StratumClient> {
  const client = await StratumClient.connect({ host: '127.0.0.1', port: serve.port })
  onTestFinished(() => client.close())
  await client.subscribe()
  await client.authorize(`${address}.rig`)
  return client
}

/** What the coinbase of the tip pays, by address. */
async function coinbaseOfTip(): Promise<{ hash: string; paid: Record<string, bigint> }> {
  const hash = await node().rpc<string>('getbestblockhash')
  const block = await node().rpc<{
    tx: { vout: { value: number; scriptPubKey: { address?: string } }[] }[]
  }>('getblock', [hash, 2])
  const outputs = block.tx[0]!.vout.filter(({ value }) => value > 0)
  const paid = outputs.map(({ value, scriptPubKey }) => [
    scriptPubKey.address!,
    BigInt(Math.round(value * 1e8)),
  ])
  return { hash, paid: Object.fromEntries(paid) as Record<string, bigint> }
}

/** The two tasks of `settle`, under a fee that is another one by now. */
function settleOf({ database }: ServeProcess): () => Promise<void> {
  const nodes = openNodes(parseBitcoinNodes(node().url))
  onTestFinished(() => closeNodes(nodes))
  const log = pino({ level: 'silent' })
  const about = { db: database, nodes, network: 'regtest', rpc: new AnyNode(nodes), log } as const
  const modules = { ...about, nowMs: Date.now, onChange: () => undefined }
  const terms = { feeBasisPoints: 2_500, finderBonusBasisPoints: 0, pplnsWindow: 1 }
  const tasks = [
    watchBlocksTask({ watch: new BlockWatch(modules) }),
    settleBlockTask({ network: 'regtest', ...terms }, modules),
  ]
  return async () => {
    for (let round = 0; round < 2; round++) for (const task of tasks) await task.handler({})
  }
}

async function balancesIn({ database }: ServeProcess): Promise<Record<string, bigint>> {
  const all = [...(await readBalances(database.pool))].filter(([, sats]) => sats !== 0n)
  return Object.fromEntries(all.map(([name, sats]) => [name.replace('liability:miner:', ''), sats]))
}

/** What comes out otherwise when it is worked out again from the log and the blocks. */
async function differencesOfReplay(live: Database): Promise<string[]> {
  const nodes = openNodes(parseBitcoinNodes(node().url))
  const modules = { live, rebuilt: await openEmpty(), rpc: nodes[0]!.rpc, tell: () => undefined }
  try {
    const comparisons = await replay({ network: 'regtest', journalFolder: undefined }, modules)
    return comparisons.filter(({ firstDifference }) => firstDifference !== undefined).map(({ what }) => what)
  } finally {
    closeNodes(nodes)
  }
}

test(
  'a block of a direct port pays the window itself, and what it does not pay is owed once',
  async () => {
    const newAddress = (type: string) => node().rpc<string>('getnewaddress', ['', type])
    const [anna, bert, carl] = [
      await newAddress('bech32m'),
      await newAddress('legacy'),
      await newAddress('bech32'),
    ]
    const donation = await newAddress('p2sh-segwit')
    // A tip of now: the node makes templates only near the present.
    await node().rpc('generatetoaddress', [1, donation])
    const { url, zmqRawblockUrl } = node()
    const serve = await openServe({
      nodeUrl: `${url} rawblock=${zmqRawblockUrl}`,
      port: 'mode=pplns direct fixed=1e-9',
      processes: 1,
      environment: {
        POOL_FEE_BASIS_POINTS: String(FEE_BASIS_POINTS),
        FINDER_BONUS_BASIS_POINTS: String(BONUS_BASIS_POINTS),
        DONATION_ADDRESS: donation,
        DONATION_BASIS_POINTS: String(DONATION_BASIS_POINTS),
        DIRECT_WINDOW_MAX_AGE_SECONDS: '10',
        TEMPLATE_REFRESH_SECONDS: '1',
      },
    })
    const { database } = serve
    const pool = { network: 'regtest', poolAddress: NOBODY, poolTag: '/t/', stratumPorts: [] } as const
    const inForce = { feeBasisPoints: 2_500, finderBonusBasisPoints: 0, pplnsWindow: 1 }
    await savePool(database, { ...pool, ...inForce }, Buffer.from(scriptOf(NOBODY), 'hex'), Date.now())
    await new TestJournal(database).ship([anna, 3], [bert, 0.5], [carl, DUST_DIFFICULTY], [bert, 0.25])
    await serve.start()
    const [first, second] = [await connect(serve, anna), await connect(serve, bert)]
    const jobs = await Promise.all([first, second].map((miner) => miner.jobWhere((job) => pays(job, anna))))
    expect(jobs.map((job) => [pays(job, bert), pays(job, carl)])).toEqual([
      [true, false],
      [true, false],
    ])

    const before = await node().rpc<string>('getbestblockhash')
    expect(await second.submit(solve(jobs[1]!))).toEqual({ isAccepted: true })
    await until(async () => (await node().rpc<string>('getbestblockhash')) !== before)
    const { hash, paid } = await coinbaseOfTip()
    const total = Object.values(paid).reduce((sum, sats) => sum + sats, 0n)
    const value = total - (total * BigInt(DONATION_BASIS_POINTS)) / 10_000n
    const fee = (value * BigInt(FEE_BASIS_POINTS)) / 10_000n
    const bonus = ((value - fee) * BigInt(BONUS_BASIS_POINTS)) / 10_000n
    const scores = new Map([
      [anna, scoreOfShare(3, NBITS_1)],
      [bert, scoreOfShare(0.5, NBITS_1) + scoreOfShare(0.25, NBITS_1)],
      [carl, scoreOfShare(DUST_DIFFICULTY, NBITS_1)],
    ])
    const window = [...scores.values()].reduce((sum, score) => sum + score, 0n)
    let prefix = 0n
    const due = new Map<string, bigint>()
    for (const miner of [...scores.keys()].sort()) {
      const upTo = (sum: bigint) => ((value - fee - bonus) * sum) / window
      due.set(miner, upTo(prefix + scores.get(miner)!) - upTo(prefix))
      prefix += scores.get(miner)!
    }
    const [toAnna, toBert, toCarl] = [due.get(anna)!, due.get(bert)!, due.get(carl)!]
    expect(toCarl).toBeGreaterThan(0n)
    expect(toCarl).toBeLessThan(294n)
    const toPool = fee + bonus + toCarl
    expect(paid).toEqual({
      [NOBODY]: toPool,
      [donation]: total - value,
      [anna]: toAnna,
      [bert]: toBert,
    })

    const settle = settleOf(serve)
    await until(async () => {
      await settle()
      return (await database.prisma.settlement.count()) === 1
    })
    // Nothing is owed but what the block could not pay: the finder's bonus, and the dust.
    const owed = { [`${bert}:immature`]: -bonus, [`${carl}:immature`]: -toCarl, 'equity:fee_income': -fee }
    expect(await balancesIn(serve)).toEqual({ ...owed, 'asset:coinbase_immature': toPool })
    const earnings = await database.prisma.earning.findMany({ include: { miner: true } })
    expect(new Map(earnings.map((row) => [row.miner.address, [row.amountSats, row.directSats]]))).toEqual(
      new Map([
        [anna, [toAnna, toAnna]],
        [bert, [toBert + bonus, toBert]],
        [carl, [toCarl, 0n]],
      ]),
    )
    expect(await database.prisma.settlement.findUniqueOrThrow({ where: { blockHash: hash } })).toMatchObject({
      coinbaseValueSats: value,
      donationSats: total - value,
      feeBasisPoints: FEE_BASIS_POINTS,
      pplnsWindow: 4,
    })

    // A reorganisation takes it back, and its end brings it again, once.
    await node().rpc('invalidateblock', [hash])
    await settle()
    expect(await balancesIn(serve)).toEqual({})
    await node().rpc('reconsiderblock', [hash])
    await settle()
    expect(await balancesIn(serve)).toEqual({ ...owed, 'asset:coinbase_immature': toPool })
    expect(await checkLedger(database.pool)).toEqual([])

    // The database does not answer any more: after ten seconds a block is the pool's, which owes it.
    await database.pool.query('ALTER TABLE segment RENAME TO segment_away')
    await first.jobWhere((job) => !pays(job, anna), PATIENCE_MS)
    expect(serve.lines.find(({ msg }) => msg.includes('pay the pool alone'))).toBeDefined()
    await database.pool.query('ALTER TABLE segment_away RENAME TO segment')
    await first.jobWhere((job) => pays(job, anna), PATIENCE_MS)
    await node().rpc('generatetoaddress', [100, donation])
    await settle()
    const { 'asset:wallet': wallet } = await balancesIn(serve)
    expect(wallet).toBe(toPool)
    expect(await checkLedger(database.pool)).toEqual([])

    // All of it can be worked out again, and a part that was paid otherwise shows.
    expect(await differencesOfReplay(database)).toEqual([])
    await database.pool.query(
      `BEGIN; SET LOCAL session_replication_role = replica; UPDATE earning SET direct_sats = direct_sats - 1 WHERE direct_sats > 0; COMMIT`,
    )
    expect(await differencesOfReplay(database)).toEqual(['earnings'])
  },
  LONG_MS,
)
