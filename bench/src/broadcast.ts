import { formatCount, minersOf, type BenchmarkOptions } from './benchmark.js'
import { broadcastTips, CHAIN, type Delays } from './broadcast-tips.js'
import { percentile } from './percentile.js'
import type { Row } from './report.js'
import { eventLoopRow, rowOfRounds } from './rounds.js'
import { FULL_BLOCK, NO_LIMITS, withPool } from './with-pool.js'

const MINERS = 5_000
const PROCESSES = [1, 2]
const MAX_MEDIAN_MS = 30
const MAX_LAST_MS = 60

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
    const { tips, delayMs } = await broadcastTips(serve, startLoad, { count }, processes)
    const name = `${formatCount(count)} miners, ${processes} ${processes === 1 ? 'process' : 'processes'}`
    return [...rowsOfTips(tips, name), eventLoopRow(name, delayMs)]
  })
}

/** The goals are for the broadcast, which begins with the first miner; before it the node makes a template. */
export function rowsOfTips(tips: readonly Delays[], name: string): Row[] {
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
