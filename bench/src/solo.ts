import { formatCount, minersOf, type BenchmarkOptions } from './benchmark.js'
import { rowsOfTips } from './broadcast.js'
import { broadcastTips, CHAIN as TIPS_CHAIN } from './broadcast-tips.js'
import { watchEventLoops } from './measure/event-loop-delay.js'
import { awaitJournalled } from './measure/journalled-shares.js'
import type { Row } from './report.js'
import { eventLoopRow, rowOfRounds } from './rounds.js'
import { nobodysAddress } from './serve-pool.js'
import { cpuOfShareUs, sharesNeeded, submitRounds, userTimeOfShareUs, type Round } from './submit-rounds.js'
import { FULL_BLOCK, NO_LIMITS, withPool } from './with-pool.js'

const SHARES_CHAIN = 'testnet4'
const MODES = ['pplns', 'solo'] as const
const MINERS_OF_TIPS = 5_000
const MINERS_OF_SHARES = 500
const ROUNDS = 5
const SHARES = 200
/** One share at a time, where the packets cost more than the shares; and many, which shows the shares. */
const WINDOWS = [
  { window: 1, name: 'one at a time' },
  { window: 16, name: '16 at a time' },
]

type Mode = (typeof MODES)[number]

/**
 * Miners of as many addresses: on a solo port each has a job of its own, which is made, sent and hashed for nobody
 * else. The same on a pplns port, where all have one.
 */
export async function benchSolo(options: BenchmarkOptions): Promise<Row[]> {
  const rows: Row[] = []
  for (const mode of MODES) rows.push(...(await measureTips(mode, options)))
  for (const mode of MODES) rows.push(...(await measureShares(mode, options)))
  return rows
}

function measureTips(mode: Mode, options: BenchmarkOptions): Promise<Row[]> {
  const count = minersOf(MINERS_OF_TIPS, options)
  const pool = { chain: TIPS_CHAIN, transactions: FULL_BLOCK, environment: NO_LIMITS } as const
  return withPool({ ...pool, port: `mode=${mode} fixed=1` }, async (serve, startLoad) => {
    const order = { count, ownAddressesOn: TIPS_CHAIN } as const
    const { tips, delayMs } = await broadcastTips(serve, startLoad, order, 1)
    const name = nameOf(mode, count)
    return [...rowsOfTips(tips, name), eventLoopRow(`${name}, broadcast`, delayMs)]
  })
}

function measureShares(mode: Mode, options: BenchmarkOptions): Promise<Row[]> {
  const miners = minersOf(MINERS_OF_SHARES, options)
  const runs = WINDOWS.map(({ window }) => ({ miners, shares: SHARES, rounds: ROUNDS, window }))
  const pool = { chain: SHARES_CHAIN, transactions: FULL_BLOCK, environment: NO_LIMITS } as const
  return withPool({ ...pool, port: `mode=${mode} fixed=1e-9` }, async (serve, startLoad) => {
    const load = startLoad(1)
    const where = { host: '127.0.0.1', port: serve.stratumPort, address: nobodysAddress(SHARES_CHAIN) }
    const order = { count: miners, ownAddressesOn: SHARES_CHAIN, maxConnecting: 100, isMining: true } as const
    await load.open({ ...where, ...order })
    const sharesEach = runs.reduce((total, run) => total + sharesNeeded(run), 0)
    await load.mine(sharesEach)
    const rows: Row[] = []
    for (const [index, run] of runs.entries()) {
      const { result: rounds, delayMs } = await watchEventLoops(serve.redis.url, SHARES_CHAIN, () =>
        submitRounds(serve, load, run),
      )
      const name = `${nameOf(mode, miners)}, ${WINDOWS[index]!.name}`
      rows.push(...rowsOfShares(rounds, name), eventLoopRow(name, delayMs))
    }
    await awaitJournalled(serve.postgres.url, miners * sharesEach)
    return rows
  })
}

function nameOf(mode: Mode, count: number): string {
  return `${mode}, ${formatCount(count)} miners of as many addresses`
}

function rowsOfShares(rounds: readonly Round[], name: string): Row[] {
  const row = (what: string, figure: (round: Round) => number): Row =>
    rowOfRounds({ what: `${what}, ${name}`, unit: 'us' }, rounds.map(figure))
  return [
    row('CPU of an accepted share', cpuOfShareUs),
    row('of it outside of system calls', userTimeOfShareUs),
  ]
}
