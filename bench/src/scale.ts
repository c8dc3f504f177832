import { minersOf, type BenchmarkOptions } from './benchmark.js'
import { idleShare, scaling } from './scaling.js'
import { rowOfRounds } from './rounds.js'
import { nobodysAddress } from './serve-pool.js'
import type { Row } from './report.js'
import { sharesNeeded, sharesPerSecond, submitRounds, type Round } from './submit-rounds.js'
import { FULL_BLOCK, NO_LIMITS, withPool } from './with-pool.js'

const CHAIN = 'testnet4'
const MINERS = 500
const ROUNDS = 5
const SHARES = 200
const WINDOW = 16
const MIN_SCALING = 1.7

/** What a second stratum process is worth, with what the load generator takes of the same cores left out. */
export async function benchScale(options: BenchmarkOptions): Promise<Row[]> {
  const one = await measure(1, options)
  const two = await measure(2, options)
  const throughput = { unit: 'shares/s', isMoreBetter: true }
  return [
    rowOfRounds({ what: 'accepted, load beside 1 process', ...throughput }, one.map(sharesPerSecond)),
    rowOfRounds({ what: 'accepted, load beside 2 processes', ...throughput }, two.map(sharesPerSecond)),
    rowOfRounds(
      { what: 'cores idle, 1 process', unit: '%' },
      one.map((round) => idleShare(round)),
    ),
    rowOfRounds(
      { what: 'cores idle, 2 processes', unit: '%' },
      two.map((round) => idleShare(round)),
    ),
    rowOfRounds(
      { what: '2 processes to 1', unit: 'x', goal: { atLeast: MIN_SCALING }, isMoreBetter: true },
      two.map((round, index) => scaling(one[index]!, round)),
    ),
  ]
}

function measure(processes: number, options: BenchmarkOptions): Promise<Round[]> {
  const miners = minersOf(MINERS, options)
  const run = { miners, shares: SHARES, rounds: ROUNDS, window: WINDOW }
  const pool = { chain: CHAIN, port: 'fixed=1e-9', transactions: FULL_BLOCK, environment: NO_LIMITS } as const
  return withPool({ ...pool, processes }, async (serve, startLoad) => {
    const load = startLoad(2)
    const where = { host: '127.0.0.1', port: serve.stratumPort, address: nobodysAddress(CHAIN) }
    await load.open({ ...where, count: miners, maxConnecting: 50, isMining: true })
    await load.mine(sharesNeeded(run))
    return submitRounds(serve, load, run)
  })
}
