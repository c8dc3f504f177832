import { setTimeout as sleep } from 'node:timers/promises'
import { StratumClient } from '@headframe/miner/stratum-client'
import type { BenchmarkOptions } from './benchmark.js'
import { watchEventLoops } from './measure/event-loop-delay.js'
import { residentBytes } from './measure/resident-memory.js'
import { percentile } from './percentile.js'
import type { Row } from './report.js'
import { eventLoopRow } from './rounds.js'
import { nobodysAddress, openServePool, type ServePool } from './serve-pool.js'
import { NO_LIMITS } from './with-pool.js'

const CHAIN = 'regtest'
const CHANGES = 1_000
const TRANSACTIONS = 3_000
/** Until the full job is with a miner and its transactions are on the disk. */
const PAUSE_MS = 60
/** The last part of the readings, and the one before it, are compared. */
const PARTS = 4
const MAX_GROWTH_PERCENT = 10

/** What a process held in RAM after each change. */
interface Readings {
  readonly name: string
  readonly pid: number
  readonly bytes: number[]
}

/** A thousand full templates, one after the other: nobody's event loop may stand still, and nobody may grow. */
export async function benchTemplateChanges({ isQuick }: BenchmarkOptions): Promise<Row[]> {
  const changes = isQuick ? CHANGES / 10 : CHANGES
  const pool = await openServePool({
    chain: CHAIN,
    port: 'fixed=1',
    transactions: TRANSACTIONS,
    environment: NO_LIMITS,
  })
  try {
    const run = () => change(pool, changes)
    const { result: processes, delayMs } = await watchEventLoops(pool.redis.url, CHAIN, run)
    const name = `${changes.toLocaleString('en')} templates of ${TRANSACTIONS.toLocaleString('en')} transactions`
    return [...processes.map((readings) => growthRow(readings, name)), eventLoopRow(name, delayMs)]
  } finally {
    await pool.close()
  }
}

async function change(pool: ServePool, changes: number): Promise<Readings[]> {
  const processes: Readings[] = [
    { name: 'the primary', pid: pool.primaryPid, bytes: [] },
    { name: 'the stratum process', pid: pool.stratumPid(), bytes: [] },
  ]
  const miner = await StratumClient.connect({ host: '127.0.0.1', port: pool.stratumPort })
  await miner.subscribe()
  await miner.authorize(nobodysAddress(CHAIN))
  for (let number = 0; number < changes; number++) {
    const before = miner.pool.job?.prevHash ?? new Uint8Array(32)
    await pool.node.rpc('generatetoaddress', [1, nobodysAddress(CHAIN)])
    await miner.jobWhere(
      ({ prevHash, merklePath }) => Buffer.compare(prevHash, before) !== 0 && merklePath.length > 0,
    )
    await sleep(PAUSE_MS)
    for (const { pid, bytes } of processes) bytes.push(residentBytes(pid))
  }
  await miner.close()
  return processes
}

function growthRow({ name, bytes }: Readings, during: string): Row {
  const part = Math.floor(bytes.length / PARTS)
  const last = percentile(bytes.slice(-part), 50)
  const before = percentile(bytes.slice(-2 * part, -part), 50)
  return {
    what: `${name} grows in the last quarter, ${during}`,
    unit: '%',
    median: 100 * (last / before - 1),
    goal: { atMost: MAX_GROWTH_PERCENT },
  }
}
