import { setTimeout as sleep } from 'node:timers/promises'
import { formatCount, minersOf, type BenchmarkOptions } from './benchmark.js'
import type { LoadGroup } from './load/load-group.js'
import { EventLoopDelayWatch } from './measure/event-loop-delay.js'
import { maxOpenFiles } from './measure/file-limit.js'
import { settledResidentBytes } from './measure/resident-memory.js'
import type { Row } from './report.js'
import { eventLoopRow } from './rounds.js'
import { nobodysAddress, type ServePool } from './serve-pool.js'
import { FULL_BLOCK, NO_LIMITS, withPool } from './with-pool.js'

const CHAIN = 'regtest'
const MINERS = 20_000
/** Files that a stratum process has open besides its miners, and room. */
const OTHER_FILES = 500
/** Miners that are there before the first measurement: what a process needs for its first miner is not a miner's. */
const FIRST_MINERS = 500
/** Jobs that every miner has had when it is measured: a session keeps some of them. */
const JOBS = 6
const PAUSE_MS = 500
const MAX_MINER_KILOBYTES = 12

/** What a connected, subscribed and authorized miner takes of the memory of a stratum process. */
export async function benchMemory(options: BenchmarkOptions): Promise<Row[]> {
  const miners = minersOf(Math.min(MINERS, maxOpenFiles() - OTHER_FILES), options)
  const first = minersOf(FIRST_MINERS, options)
  const pool = { chain: CHAIN, port: 'fixed=1', transactions: FULL_BLOCK, environment: NO_LIMITS } as const
  return withPool(pool, async (serve, startLoad) => {
    const where = { host: '127.0.0.1', port: serve.stratumPort, address: nobodysAddress(CHAIN) }
    const watch = new EventLoopDelayWatch(serve.redis.url, CHAIN)
    const early = startLoad(1)
    await early.open({ ...where, count: first, maxConnecting: 100, isMining: false })
    await giveJobs(serve, [early])
    const beforeBytes = await settledResidentBytes(serve.stratumPid())
    const late = startLoad(2)
    await late.open({ ...where, count: miners - first, maxConnecting: 100, isMining: false })
    await giveJobs(serve, [early, late])
    const afterBytes = await settledResidentBytes(serve.stratumPid())
    const name = `${formatCount(miners)} miners`
    const minerBytes = (afterBytes - beforeBytes) / (miners - first)
    const goal = { atMost: MAX_MINER_KILOBYTES }
    return [
      { what: `memory of a miner, ${name}`, unit: 'KB', median: minerBytes / 1e3, goal },
      { what: `memory of the process, ${name}`, unit: 'MB', median: afterBytes / 1e6 },
      eventLoopRow(name, await watch.end()),
    ]
  })
}

async function giveJobs(serve: ServePool, groups: readonly LoadGroup[]): Promise<void> {
  for (let job = 0; job < JOBS; job++) {
    await Promise.all(groups.map((group) => group.watchJob()))
    await serve.node.rpc('generatetoaddress', [1, nobodysAddress(CHAIN)])
    await Promise.all(groups.map((group) => group.jobArrivals()))
    await sleep(PAUSE_MS)
  }
}
