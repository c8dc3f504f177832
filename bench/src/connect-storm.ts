import { setTimeout as sleep } from 'node:timers/promises'
import { formatCount, minersOf, type BenchmarkOptions } from './benchmark.js'
import { watchEventLoops } from './measure/event-loop-delay.js'
import { percentile } from './percentile.js'
import type { Row } from './report.js'
import { eventLoopRow, rowOfRounds } from './rounds.js'
import { nobodysAddress } from './serve-pool.js'
import { FULL_BLOCK, NO_LIMITS, withPool, type StartLoad } from './with-pool.js'
import type { FleetOrder } from './load/load-group.js'

const CHAIN = 'testnet4'
const STORM = 10_000
const STORMS = 3
/** Those who are there already, and go on mining. */
const REGULARS = 200
const REGULAR_INTERVAL_MS = 200
const REGULAR_SHARES = 400
/** For the pool to see that the miners of a storm are gone. */
const CALM_MS = 2_000
const MAX_STORM_SECONDS = 5

type Where = Omit<FleetOrder, 'count' | 'maxConnecting' | 'isMining'>

/** Many miners come at once, as after an outage, and some who are there already should not notice. */
export async function benchConnectStorm(options: BenchmarkOptions): Promise<Row[]> {
  const miners = minersOf(STORM, options)
  const pool = { chain: CHAIN, port: 'fixed=1e-9', transactions: FULL_BLOCK, environment: NO_LIMITS } as const
  return withPool(pool, async (serve, startLoad) => {
    const where = { host: '127.0.0.1', port: serve.stratumPort, address: nobodysAddress(CHAIN) }
    const regulars = startLoad(1)
    await regulars.open({ ...where, count: REGULARS, maxConnecting: REGULARS, isMining: true })
    await regulars.mine(REGULAR_SHARES)
    const seconds: number[] = []
    const { result, delayMs } = await watchEventLoops(serve.redis.url, CHAIN, async () => {
      await regulars.startPace(REGULAR_INTERVAL_MS)
      for (let storm = 0; storm < STORMS; storm++) seconds.push(await oneStorm(where, miners, startLoad))
      return regulars.stopPace()
    })
    const { latenciesMs, skipped, unanswered, refused } = result
    const lost = await regulars.lostCount()
    if (skipped + unanswered + Object.keys(refused).length > 0)
      throw new Error(
        `of the regulars' shares ${skipped} were not sent, ${unanswered} not answered, refused: ${JSON.stringify(refused)}`,
      )
    const name = `storm of ${formatCount(miners)}`
    const stormRow = {
      what: `connect, subscribe, authorize, first job, ${name}`,
      unit: 's',
      goal: { atMost: MAX_STORM_SECONDS },
    }
    return [
      rowOfRounds(stormRow, seconds),
      {
        what: `lost of ${REGULARS} miners there before, ${name}`,
        unit: 'miners',
        median: lost,
        goal: { atMost: 0 },
      },
      { what: `their share to answer p50, ${name}`, unit: 'ms', median: percentile(latenciesMs, 50) },
      { what: `their share to answer p99, ${name}`, unit: 'ms', median: percentile(latenciesMs, 99) },
      eventLoopRow(name, delayMs),
    ]
  })
}

/** Seconds until all have their first job. */
async function oneStorm(where: Where, count: number, startLoad: StartLoad): Promise<number> {
  const storm = startLoad(2)
  const { startedAtMs, readyAtMs } = await storm.open({
    ...where,
    count,
    maxConnecting: count,
    isMining: false,
  })
  await storm.end()
  await sleep(CALM_MS)
  return (readyAtMs - startedAtMs) / 1_000
}
