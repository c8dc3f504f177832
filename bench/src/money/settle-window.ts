import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nbitsOfTarget, targetOfDifficulty } from '@headframe/core/chain/target'
import { parseAddress } from '@headframe/core/chain/address'
import { recordCandidate } from '@headframe/db/block/record-candidate'
import { checkLedger } from '@headframe/db/ledger/check-ledger'
import { setBlockStatus } from '@headframe/db/replay/set-block-status'
import { savePool } from '@headframe/db/pool/save-pool'
import { rollUpSegments } from '@headframe/db/rollup/roll-up-segments'
import { startBitcoind } from '@headframe/local/bitcoind'
import { formatCount, minersOf, type BenchmarkOptions } from '../benchmark.js'
import { numberedAddress } from '../load/numbered-address.js'
import type { Row } from '../report.js'
import { nobodysAddress, packagesDirectory } from '../serve-pool.js'
import { JournalFiller, NETWORK, WRITER_ID } from './fill-journal.js'
import type { SettleOrder, Settled } from './settle-child.js'
import { withDatabase, type BenchDatabase } from './with-database.js'

const MINERS = 10_000
/** A second of a pool whose miners send a share every ten. */
const SHARES_PER_SEGMENT = 1_000
const SEGMENTS = 10_000
const WINDOW = 4
const TERMS = { feeBasisPoints: 100, finderBonusBasisPoints: 0, pplnsWindow: WINDOW }
const MAX_SECONDS = 5
const MAX_MEGABYTES = 500

/** A block of a real node, whose window holds ten million shares of ten thousand miners, from found to credited. */
export async function benchSettleWindow(options: BenchmarkOptions): Promise<Row[]> {
  const segments = options.isQuick ? SEGMENTS / 10 : SEGMENTS
  const miners = minersOf(MINERS, options)
  return withDatabase(async (database) => {
    const directory = join(database.directory, 'bitcoin')
    const node = await startBitcoind({ directory, packagesDirectory, chain: NETWORK })
    try {
      const rollUpMs = await fill(database, segments, miners)
      const [hash] = await node.rpc<string[]>('generatetoaddress', [1, nobodysAddress(NETWORK)])
      await find(database, hash!, BigInt(2 * miners))
      const order = { databaseUrl: database.url, nodeUrl: node.url, network: NETWORK, terms: TERMS } as const
      const settled = await settle(order)
      await expectSettled(database, miners)
      const what = `${formatCount(segments * SHARES_PER_SEGMENT)} shares, ${formatCount(miners)} miners`
      return [
        {
          what: `block settled, ${what}`,
          unit: 's',
          median: settled.tookMs / 1_000,
          goal: { atMost: MAX_SECONDS },
        },
        {
          what: `memory of the settling process, ${what}`,
          unit: 'MB',
          median: settled.maxRssBytes / 1e6,
          goal: { atMost: MAX_MEGABYTES },
        },
        { what: `rolled up, each million, ${what}`, unit: 's', median: rollUpMs / segments },
      ]
    } finally {
      await node.stop()
    }
  })
}

/** Real segments with all miners, many of them between, and real ones again. Returns how long rolling up took. */
async function fill({ db }: BenchDatabase, segments: number, miners: number): Promise<number> {
  const shares = segments * SHARES_PER_SEGMENT
  const nbits = nbitsOfTarget(targetOfDifficulty(shares / WINDOW))
  const startsAtMs = Date.now() - segments * 1_000
  const filler = new JournalFiller(db, { miners, sharesPerSegment: SHARES_PER_SEGMENT, nbits, startsAtMs })
  await filler.append(miners)
  await filler.fill(segments - Math.ceil(miners / SHARES_PER_SEGMENT))
  await filler.append(miners)
  await db.pool.query('VACUUM ANALYZE')
  const startedMs = performance.now()
  while ((await rollUpSegments(db)).isBehind);
  const rollUpMs = performance.now() - startedMs
  await db.pool.query('ANALYZE')
  return rollUpMs
}

async function find({ db }: BenchDatabase, hash: string, windowEndShareSeq: bigint): Promise<void> {
  const poolAddress = nobodysAddress(NETWORK)
  const parsed = parseAddress(poolAddress, NETWORK)
  if (!parsed.ok) throw new Error(parsed.message)
  const settings = { network: NETWORK, poolAddress, poolTag: '/bench/', stratumPorts: [], ...TERMS } as const
  await savePool(db, settings, parsed.script, Date.now())
  await recordCandidate(db, {
    hash,
    height: 1,
    nbits: 0x207fffff,
    foundAtMs: Date.now(),
    address: numberedAddress(0, NETWORK),
    workerName: 'rig',
    mode: 'pplns',
    coinbaseValueSats: 5_000_000_000n,
    feesSats: 0n,
    writerId: WRITER_ID,
    incarnation: 1,
    windowEndShareSeq,
  })
  await setBlockStatus(db.pool, hash, 'immature', 1)
}

/** In a process of its own, as `settle` is one. */
async function settle(order: SettleOrder): Promise<Settled> {
  const child = fork(fileURLToPath(new URL('settle-child.js', import.meta.url)))
  child.send(order)
  const [settled] = (await once(child, 'message')) as [Settled]
  return settled
}

async function expectSettled({ db }: BenchDatabase, miners: number): Promise<void> {
  const { rows } = await db.pool.query<{ count: number; total: string }>(
    'SELECT count(*)::int AS count, sum(amount_sats) AS total FROM earning',
  )
  const problems = await checkLedger(db.pool)
  if (rows[0]!.count !== miners || rows[0]!.total !== '4950000000' || problems.length > 0)
    throw new Error(
      `the block was split among ${rows[0]!.count} miners, ${rows[0]!.total} satoshis: ${JSON.stringify(problems.slice(0, 3))}`,
    )
}
