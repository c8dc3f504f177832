import type { BenchmarkOptions } from '../benchmark.js'
import { cpuTimeMs } from '../measure/cpu-time.js'
import { percentile } from '../percentile.js'
import type { Row } from '../report.js'
import { YEAR, type SeedSize } from '../seed/seed-size.js'
import { Random } from '../soak/random.js'
import { runOpenLoop } from './open-loop.js'
import { mixOf, pageLoads, pathOfCalls, type PageCalls } from './page-calls.js'
import { withWebPool, type WebPool } from './web-pool.js'

/** Calls, in the batches in which a page sends them: a page that asks eight things is opened 25 times a second. */
const CALLS_PER_SECOND = 200
/** What a pool has written within the day is in the memory of its Postgres; here it has to get there first. */
const WARM_UP_SECONDS = 15
const PAGE_SECONDS = 15
const MIX_SECONDS = 60
const MAX_P95_MS = 50
/** Visits that say how many calls one has on average. */
const MIX_SAMPLE = 2_000

/** What the pages ask the API for, 200 calls a second: page by page, and as visitors mix them. */
export async function benchWebApi(options: BenchmarkOptions): Promise<Row[]> {
  const size: SeedSize = options.isQuick ? tenthOf(YEAR) : YEAR
  return withWebPool(size, options, async (pool) => {
    const { rows: blocks } = await pool.db.pool.query<{ hash: string }>(
      "SELECT hash FROM block WHERE status <> 'stale' ORDER BY hash",
    )
    const pages = pageLoads(
      size,
      blocks.map(({ hash }) => hash),
    )
    const rows: Row[] = []
    for (const { name, calls } of pages) rows.push(...(await measure(pool, name, calls, PAGE_SECONDS)))
    rows.push(...(await measure(pool, 'a mix of all', mixOf(pages), MIX_SECONDS)))
    return rows
  })
}

export function tenthOf({ miners, workers, ...size }: SeedSize): SeedSize {
  return { ...size, miners: Math.ceil(miners / 10), workers: Math.ceil(workers / 10) }
}

async function measure(
  { url, pid }: WebPool,
  name: string,
  calls: PageCalls,
  seconds: number,
): Promise<Row[]> {
  const random = new Random(1)
  const nextPath = (): string => pathOfCalls(calls(() => random.next()))
  const perSecond = CALLS_PER_SECOND / meanCalls(calls)
  await runOpenLoop({ url, perSecond, seconds: WARM_UP_SECONDS, nextPath })
  const cpuBeforeMs = cpuTimeMs(pid)
  const samples = await runOpenLoop({ url, perSecond, seconds, nextPath })
  const cpuMs = cpuTimeMs(pid) - cpuBeforeMs
  const what = `${name}, ${perSecond.toFixed(0)} times a second`
  return [
    { what: `p50, ${what}`, unit: 'ms', median: percentile(samples, 50) },
    { what: `p95, ${what}`, unit: 'ms', median: percentile(samples, 95), goal: { atMost: MAX_P95_MS } },
    { what: `p99, ${what}`, unit: 'ms', median: percentile(samples, 99) },
    { what: `CPU of the web process, ${name}`, unit: 'ms', median: cpuMs / samples.length },
  ]
}

function meanCalls(calls: PageCalls): number {
  const random = new Random(2)
  const counts = Array.from({ length: MIX_SAMPLE }, () => calls(() => random.next()).length)
  return counts.reduce((sum, count) => sum + count, 0) / counts.length
}
