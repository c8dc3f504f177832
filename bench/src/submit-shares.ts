import { formatCount, minersOf, type BenchmarkOptions } from './benchmark.js'
import { watchEventLoops } from './measure/event-loop-delay.js'
import { awaitJournalled } from './measure/journalled-shares.js'
import { percentile } from './percentile.js'
import type { Row } from './report.js'
import { eventLoopRow, rowOfRounds } from './rounds.js'
import { nobodysAddress, type ServePool } from './serve-pool.js'
import {
  cpuOfShareUs,
  sharesNeeded,
  sharesPerSecond,
  submitRounds,
  userTimeOfShareUs,
  type Round,
  type SubmitRounds,
} from './submit-rounds.js'
import type { LoadGroup } from './load/load-group.js'
import { FULL_BLOCK, NO_LIMITS, withPool } from './with-pool.js'

const CHAIN = 'testnet4'
const MINERS = 500
const ROUNDS = 5
/** One share at a time, as miners send them; and many, which shows the pool without the cost of a packet a share. */
const MODES = [
  { window: 1, shares: 200, name: 'one at a time' },
  { window: 16, shares: 200, name: '16 at a time' },
]
const MAX_CPU_US = 15

/** Shares found beforehand, sent as fast as they are answered: the whole path of a share, in one stratum process. */
export async function benchSubmitShares(options: BenchmarkOptions): Promise<Row[]> {
  const miners = minersOf(MINERS, options)
  const runs = MODES.map(({ window, shares }) => ({ miners, shares, rounds: ROUNDS, window }))
  const pool = { chain: CHAIN, port: 'fixed=1e-9', transactions: FULL_BLOCK, environment: NO_LIMITS } as const
  return withPool(pool, async (serve, startLoad) => {
    const load = startLoad(1)
    const where = { host: '127.0.0.1', port: serve.stratumPort, address: nobodysAddress(CHAIN) }
    await load.open({ ...where, count: miners, maxConnecting: 100, isMining: true })
    const sharesEach = runs.reduce((total, run) => total + sharesNeeded(run), 0)
    await load.mine(sharesEach)
    const rows: Row[] = []
    for (const [index, run] of runs.entries()) {
      const name = `${formatCount(miners)} miners, ${MODES[index]!.name}`
      rows.push(...(await measure(serve, load, run, name)))
    }
    await awaitJournalled(serve.postgres.url, miners * sharesEach)
    return rows
  })
}

async function measure(serve: ServePool, load: LoadGroup, run: SubmitRounds, name: string): Promise<Row[]> {
  const { result: rounds, delayMs } = await watchEventLoops(serve.redis.url, CHAIN, () =>
    submitRounds(serve, load, run),
  )
  const row = (what: string, unit: string, figure: (round: Round) => number, more: Partial<Row> = {}): Row =>
    rowOfRounds({ what: `${what}, ${name}`, unit, ...more }, rounds.map(figure))
  return [
    row('CPU of an accepted share', 'us', cpuOfShareUs, { goal: { atMost: MAX_CPU_US } }),
    row('of it outside of system calls', 'us', userTimeOfShareUs),
    row('CPU of the load generator', 'us', ({ loadCpuMs, accepted }) => (loadCpuMs * 1_000) / accepted),
    row('accepted', 'shares/s', sharesPerSecond, { isMoreBetter: true }),
    row('share to answer p50', 'ms', ({ latenciesMs }) => percentile(latenciesMs, 50)),
    row('share to answer p99', 'ms', ({ latenciesMs }) => percentile(latenciesMs, 99)),
    eventLoopRow(name, delayMs),
  ]
}
