import { setTimeout as sleep } from 'node:timers/promises'
import { formatCount, minersOf, type BenchmarkOptions } from './benchmark.js'
import type { LoadGroup } from './load/load-group.js'
import { Announcements } from './measure/announcements.js'
import { watchEventLoops } from './measure/event-loop-delay.js'
import { percentile } from './percentile.js'
import type { Row } from './report.js'
import { eventLoopRow, rowOfRounds } from './rounds.js'
import { nobodysAddress, type ServePool } from './serve-pool.js'
import { FULL_BLOCK, NO_LIMITS, withPool } from './with-pool.js'

const CHAIN = 'regtest'
const MINERS = 5_000
const PROCESSES = [1, 2]
const TIPS = 20
const WARM_UP_TIPS = 3
/** Between two tips, so that one does not stand in the way of the next. */
const PAUSE_MS = 250
const MAX_MEDIAN_MS = 30
const MAX_LAST_MS = 60

/** When a new block's job reached each miner, ms after the node announced the block. */
type Delays = readonly number[]

/** From the node's own announcement of a block to `mining.notify` at each of many miners. */
export async function benchBroadcast(options: BenchmarkOptions): Promise<Row[]> {
  const rows: Row[] = []
  for (const processes of PROCESSES) rows.push(...(await measure(processes, options)))
  return rows
}

function measure(processes: number, options: BenchmarkOptions): Promise<Row[]> {
  const count = minersOf(MINERS, options)
  const pool = { chain: CHAIN, port: 'fixed=1', transactions: FULL_BLOCK, environment: NO_LIMITS } as const
  return withPool({ ...pool, processes }, async (serve, startLoad) => {
    // Before the miners: a subscription that has not reached the node yet misses what the node says.
    const announced = await Announcements.open(serve.node.zmqHashblockUrl)
    const load = startLoad(processes)
    const where = { host: '127.0.0.1', port: serve.stratumPort, address: nobodysAddress(CHAIN) }
    await load.open({ ...where, count, maxConnecting: 100, isMining: false })
    for (let tip = 0; tip < WARM_UP_TIPS; tip++) await oneTip(serve, load, announced)
    const tips: Delays[] = []
    const { delayMs } = await watchEventLoops(serve.redis.url, CHAIN, async () => {
      for (let tip = 0; tip < TIPS; tip++) tips.push(await oneTip(serve, load, announced))
    })
    await announced.close()
    const name = `${formatCount(count)} miners, ${processes} ${processes === 1 ? 'process' : 'processes'}`
    return [...rowsOf(tips, name), eventLoopRow(name, delayMs)]
  })
}

async function oneTip(serve: ServePool, load: LoadGroup, announced: Announcements): Promise<Delays> {
  await load.watchJob()
  const announcement = announced.next()
  await serve.node.rpc('generatetoaddress', [1, nobodysAddress(CHAIN)])
  const announcedAtMs = await announcement
  const arrivals = await load.jobArrivals()
  await sleep(PAUSE_MS)
  return arrivals.map((atMs) => atMs - announcedAtMs)
}

/** The goals are for the broadcast, which begins with the first miner; before it the node makes a template. */
function rowsOf(tips: readonly Delays[], name: string): Row[] {
  const first = tips.map((delays) => percentile(delays, 0))
  const half = tips.map((delays) => percentile(delays, 50))
  const last = tips.map((delays) => percentile(delays, 100))
  const since = (start: readonly number[], end: readonly number[]): number[] =>
    end.map((delayMs, tip) => delayMs - start[tip]!)
  const row = (what: string, samples: readonly number[], goalMs?: number): Row =>
    rowOfRounds(
      { what: `${what}, ${name}`, unit: 'ms', ...(goalMs === undefined ? {} : { goal: { atMost: goalMs } }) },
      samples,
    )
  return [
    row('announced to first miner', first),
    row('announced to half', half),
    row('announced to last', last),
    row('first miner to half', since(first, half), MAX_MEDIAN_MS),
    row('first miner to last', since(first, last), MAX_LAST_MS),
  ]
}
