import { setTimeout as sleep } from 'node:timers/promises'
import { formatCount, minersOf, type BenchmarkOptions } from './benchmark.js'
import type { LoadGroup } from './load/load-group.js'
import { watchEventLoops } from './measure/event-loop-delay.js'
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
/** Jobs that every miner has had when it is measured: a session keeps some of them. */
const JOBS = 6
const PAUSE_MS = 500
const MAX_MINER_KILOBYTES = 12

/**
 * What a connected, subscribed and authorized miner takes of the memory of a stratum process: all that the process
 * has more of than before its first miner came, its share of code and of garbage that is not collected yet included.
 */
export async function benchMemory(options: BenchmarkOptions): Promise<Row[]> {
  const count = minersOf(Math.min(MINERS, maxOpenFiles() - OTHER_FILES), options)
  const pool = { chain: CHAIN, port: 'fixed=1', transactions: FULL_BLOCK, environment: NO_LIMITS } as const
  return withPool(pool, async (serve, startLoad) => {
    const beforeBytes = await settledResidentBytes(serve.stratumPid())
    const { result: afterBytes, delayMs } = await watchEventLoops(serve.redis.url, CHAIN, async () => {
      const load = startLoad(2)
      const where = { host: '127.0.0.1', port: serve.stratumPort, address: nobodysAddress(CHAIN) }
      await load.open({ ...where, count, maxConnecting: 100, isMining: false })
      await giveJobs(serve, load)
      return settledResidentBytes(serve.stratumPid())
    })
    const name = `${formatCount(count)} miners`
    const minerBytes = (afterBytes - beforeBytes) / count
    const goal = { atMost: MAX_MINER_KILOBYTES }
    return [
      { what: `memory of a miner, ${name}`, unit: 'KB', median: minerBytes / 1e3, goal },
      { what: `memory of the process, ${name}`, unit: 'MB', median: afterBytes / 1e6 },
      eventLoopRow(name, delayMs),
    ]
  })
}

async function giveJobs(serve: ServePool, load: LoadGroup): Promise<void> {
  for (let job = 0; job < JOBS; job++) {
    await load.watchJob()
    await serve.node.rpc('generatetoaddress', [1, nobodysAddress(CHAIN)])
    await load.jobArrivals()
    await sleep(PAUSE_MS)
  }
}
