import { setTimeout as sleep } from 'node:timers/promises'
import { minersOf, type BenchmarkOptions } from './benchmark.js'
import { ABUSE_KINDS, type AbuseKind } from './load/abusers.js'
import { LoadGenerator } from './load/load-generator.js'
import type { LoadGroup } from './load/load-group.js'
import { watchEventLoops } from './measure/event-loop-delay.js'
import { percentile } from './percentile.js'
import type { Row } from './report.js'
import { eventLoopRow } from './rounds.js'
import { nobodysAddress, type ServePool } from './serve-pool.js'
import { FULL_BLOCK, withPool } from './with-pool.js'

const CHAIN = 'testnet4'
/** Well-behaved miners, whose shares are timed. */
const MINERS = 10
const INTERVAL_MS = 25
const SHARES = 400
const ABUSE_MS = 5_000
/** Connections of each kind of abuser; those that pour out data keep a core busy with a few. */
const ABUSERS: Readonly<Record<AbuseKind, number>> = {
  slowloris: 1_000,
  flood: 50,
  'bad-shares': 50,
  'never-reading': 200,
  garbage: 50,
  churn: 50,
}
/** Where they come from: 16 addresses of a subnet of their own. */
const ABUSER_ADDRESSES = Array.from({ length: 16 }, (_, index) => `127.0.1.${index + 1}`)
const MAX_LATENCY_P99_MS = 50

/** The bounds of production hold here; only the honest miners' own network is never banned. */
const ENVIRONMENT = { STRATUM_NEVER_BAN: '127.0.0.0/24', TEMPLATE_REFRESH_SECONDS: '600' }

/** What well-behaved miners notice of peers that mean no good; first what they notice of a machine without any. */
export async function benchAbuse(options: BenchmarkOptions): Promise<Row[]> {
  const rows = await measure(undefined, options)
  for (const kind of ABUSE_KINDS) rows.push(...(await measure(kind, options)))
  return rows
}

function measure(kind: AbuseKind | undefined, options: BenchmarkOptions): Promise<Row[]> {
  const pool = {
    chain: CHAIN,
    port: 'fixed=1e-9',
    transactions: FULL_BLOCK,
    environment: ENVIRONMENT,
  } as const
  return withPool(pool, async (serve, startLoad) => {
    const miners = startLoad(1)
    const where = { host: '127.0.0.1', port: serve.stratumPort, address: nobodysAddress(CHAIN) }
    await miners.open({ ...where, count: MINERS, maxConnecting: MINERS, isMining: true })
    await miners.mine(SHARES)
    if (kind === undefined) return mineBeside('nobody', serve, miners)
    const count = minersOf(ABUSERS[kind], options)
    const abusers = new LoadGenerator()
    try {
      await abusers.order('start-abuse', { kind, ...where, localAddresses: ABUSER_ADDRESSES, count })
      const rows = await mineBeside(`${kind}, ${count} peers`, serve, miners)
      const { opened } = await abusers.order('stop-abuse', undefined)
      if (opened === 0) throw new Error(`no abuser got through: ${kind}`)
      return rows
    } finally {
      await abusers.end()
    }
  })
}

async function mineBeside(name: string, serve: ServePool, miners: LoadGroup): Promise<Row[]> {
  const { result, delayMs } = await watchEventLoops(serve.redis.url, CHAIN, async () => {
    await miners.startPace(INTERVAL_MS)
    await sleep(ABUSE_MS)
    return miners.stopPace()
  })
  const { latenciesMs, unanswered } = result
  const lost = await miners.lostCount()
  return [
    { what: `honest share to answer p50, ${name}`, unit: 'ms', median: percentile(latenciesMs, 50) },
    {
      what: `honest share to answer p99, ${name}`,
      unit: 'ms',
      median: percentile(latenciesMs, 99),
      goal: { atMost: MAX_LATENCY_P99_MS },
    },
    {
      what: `honest miners lost or unanswered, ${name}`,
      unit: 'count',
      median: lost + unanswered,
      goal: { atMost: 0 },
    },
    eventLoopRow(name, delayMs),
  ]
}
