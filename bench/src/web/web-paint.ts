import type { BenchmarkOptions } from '../benchmark.js'
import { numberedAddress } from '../load/numbered-address.js'
import type { Row } from '../report.js'
import { rowOfRounds } from '../rounds.js'
import { NETWORK } from '../seed/seed-size.js'
import { openPhone, visitFirst, type FirstVisit } from './phone.js'
import { withWebPool } from './web-pool.js'

const RUNS = 9
const QUICK_RUNS = 2
/** Visits of others before: a pool's server has been asked before this phone comes. */
const EARLIER_VISITS = 20
const MAX_PAINT_MS = 1_000
/** Enough that every list is full. */
const SIZE = { miners: 500, workers: 5_000, days: 120, seed: 1 }

/** The main pages at a throttled phone (a processor four times slower, slow 4G) that sees them for the first time. */
export async function benchWebPaint(options: BenchmarkOptions): Promise<Row[]> {
  return withWebPool(SIZE, options, async ({ url, db }) => {
    const { rows: blocks } = await db.pool.query<{ hash: string }>(
      "SELECT hash FROM block WHERE status = 'mature' LIMIT 1",
    )
    const miner = `/miners/${numberedAddress(1, NETWORK)}`
    const pages = [
      '/',
      miner,
      `${miner}/rig1`,
      '/miners',
      '/blocks',
      `/blocks/${blocks[0]!.hash}`,
      '/payouts',
      '/best-shares',
      '/status',
    ]
    const names = ['pool', 'miner', 'worker', 'miners', 'blocks', 'block', 'payouts', 'best shares', 'status']
    const browser = await openPhone()
    try {
      const rows: Row[] = []
      for (const [index, path] of pages.entries()) {
        for (let visit = 0; visit < EARLIER_VISITS; visit++) await (await fetch(url + path)).text()
        await visitFirst(browser, url + path)
        const visits: FirstVisit[] = []
        for (let run = 0; run < (options.isQuick ? QUICK_RUNS : RUNS); run++)
          visits.push(await visitFirst(browser, url + path))
        rows.push(...rowsOf(names[index]!, visits))
      }
      return rows
    } finally {
      await browser.close()
    }
  })
}

function rowsOf(name: string, visits: readonly FirstVisit[]): Row[] {
  const { scriptBytes, allBytes } = visits.at(-1)!
  const paints = visits.map(({ paintMs }) => paintMs)
  return [
    rowOfRounds(
      { what: `first contentful paint, ${name}`, unit: 'ms', goal: { atMost: MAX_PAINT_MS } },
      paints,
    ),
    { what: `scripts of the first load, ${name}`, unit: 'KB', median: scriptBytes / 1e3 },
    { what: `all of the first load, ${name}`, unit: 'KB', median: allBytes / 1e3 },
  ]
}
