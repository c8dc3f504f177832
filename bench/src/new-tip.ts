import { setTimeout as sleep } from 'node:timers/promises'
import { displayHash } from '@headframe/core/chain/header'
import { StratumClient } from '@headframe/miner/stratum-client'
import type { BenchmarkOptions } from './benchmark.js'
import { Announcements } from './measure/announcements.js'
import { monotonicMs } from './measure/monotonic-clock.js'
import { percentile } from './percentile.js'
import type { Row } from './report.js'
import { rowOfRounds } from './rounds.js'
import { nobodysAddress, openServePool, type ServePool } from './serve-pool.js'
import { NO_LIMITS } from './with-pool.js'

const CHAIN = 'regtest'
const TIPS = 40
const WARM_UP_TIPS = 5
const PAUSE_MS = 300

/** How many transactions the templates have, and how soon the first job of a new tip should be out. */
const CASES = [
  { transactions: 0, name: 'empty mempool', maxFirstMs: 10 },
  { transactions: 3_000, name: '3,000 transactions', maxFirstMs: 50 },
]

/** When the first job of a tip came, and the first with transactions in it, ms after the node announced the tip. */
interface TipDelays {
  readonly firstMs: number
  readonly fullMs: number
}

/** From the node's own announcement of a block to `mining.notify` at a miner. */
export async function benchNewTip({ isQuick }: BenchmarkOptions): Promise<Row[]> {
  const rows: Row[] = []
  for (const { transactions, name, maxFirstMs } of CASES) {
    const pool = await openServePool({ chain: CHAIN, port: 'fixed=1', transactions, environment: NO_LIMITS })
    try {
      const delays = await measure(pool, transactions > 0, isQuick ? TIPS / 10 : TIPS)
      const firstMs = delays.map((delay) => delay.firstMs)
      rows.push(
        rowOfRounds(
          { what: `announced to first notify, ${name}`, unit: 'ms', goal: { atMost: maxFirstMs } },
          firstMs,
        ),
        { what: `announced to first notify p99, ${name}`, unit: 'ms', median: percentile(firstMs, 99) },
        rowOfRounds(
          { what: `announced to full job, ${name}`, unit: 'ms' },
          delays.map(({ fullMs }) => fullMs),
        ),
      )
    } finally {
      await pool.close()
    }
  }
  return rows
}

async function measure(pool: ServePool, hasTransactions: boolean, tips: number): Promise<TipDelays[]> {
  const announced = await Announcements.open(pool.node.zmqHashblockUrl)
  const miner = await StratumClient.connect({ host: '127.0.0.1', port: pool.stratumPort })
  await miner.subscribe()
  await miner.authorize(nobodysAddress(CHAIN))
  const delays: TipDelays[] = []
  for (let tip = 0; tip < WARM_UP_TIPS + tips; tip++) {
    const delay = await oneTip(pool, miner, announced, hasTransactions)
    if (tip >= WARM_UP_TIPS) delays.push(delay)
    await sleep(PAUSE_MS)
  }
  await announced.close()
  await miner.close()
  return delays
}

async function oneTip(
  pool: ServePool,
  miner: StratumClient,
  announced: Announcements,
  hasTransactions: boolean,
): Promise<TipDelays> {
  const announcement = announced.next()
  const before = miner.pool.job?.prevHash ?? new Uint8Array(32)
  const isNew = (prevHash: Uint8Array): boolean => displayHash(prevHash) !== displayHash(before)
  const first = miner.jobWhere((job) => isNew(job.prevHash)).then(() => monotonicMs())
  const full = miner
    .jobWhere((job) => isNew(job.prevHash) && (!hasTransactions || job.merklePath.length > 0))
    .then(() => monotonicMs())
  await pool.node.rpc('generatetoaddress', [1, nobodysAddress(CHAIN)])
  const announcedAtMs = await announcement
  return { firstMs: (await first) - announcedAtMs, fullMs: (await full) - announcedAtMs }
}
