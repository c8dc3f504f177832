import { describeMachine, formatMachine } from '../machine.js'
import { formatReport, isGoalMet, type ReportRow, type Row } from '../report.js'
import type { SoakResult } from './soak.js'
import { parseSoakOptions, USAGE, type SoakOptions } from './soak-options.js'
import { soakPool } from './soak-pool.js'
import { MAX_STALE_MS } from './stale-watch.js'

/** What a process may hold more at the end than in the middle of a soak. */
const MAX_GROWTH_PERCENT = 10

/** `npm run soak`. Returns the exit code. */
async function main(): Promise<number> {
  const options = readOptions()
  if (typeof options === 'string') {
    console.log(options)
    return options === USAGE ? 0 : 2
  }
  const { minutes, miners, seed } = options
  console.log(
    `${minutes} minutes with ${miners} miners from seed ${seed}\n${formatMachine(describeMachine())}\n`,
  )
  const rows = rowsOf(await soakPool(options, say)).map((row): ReportRow => ({ benchmark: 'soak', ...row }))
  console.log(formatReport(rows))
  return rows.every((row) => isGoalMet(row) !== false) ? 0 : 1
}

const say = (text: string): void => console.log(`${new Date().toISOString()} ${text}`)

function readOptions(): SoakOptions | string {
  try {
    const options = parseSoakOptions(process.argv.slice(2))
    return options === 'help' ? USAGE : options
  } catch (error) {
    return `${(error as Error).message}\n\n${USAGE}`
  }
}

function rowsOf(result: SoakResult): Row[] {
  const none = { atMost: 0 }
  for (const [text, count] of result.refused) console.log(`not taken, ${count} times: ${text}`)
  for (const hash of result.lost) console.log(`lost: ${hash}`)
  return [
    { what: 'new tips', unit: 'tips', median: result.tips },
    { what: 'restarts of a node', unit: 'count', median: result.restarts },
    { what: 'connections that the pool closed', unit: 'count', median: result.connectionsLost },
    {
      what: `miners on work older than ${MAX_STALE_MS / 1_000} s after a tip`,
      unit: 'count',
      median: result.staleCount,
      goal: none,
    },
    {
      what: 'longest that a miner was behind a tip',
      unit: 'ms',
      median: result.worstStaleMs,
      goal: { atMost: MAX_STALE_MS },
    },
    { what: "blocks of the pool's miners", unit: 'blocks', median: result.blocks },
    { what: 'of them lost', unit: 'blocks', median: result.lost.length, goal: none },
    ...result.memory.flatMap((log): Row[] => [
      { what: `memory of ${log.name}`, unit: 'MB', median: log.lastBytes / 1e6 },
      {
        what: `more than half-way, ${log.name}`,
        unit: '%',
        median: 100 * (log.lastBytes / log.middleBytes - 1),
        goal: { atMost: MAX_GROWTH_PERCENT },
      },
    ]),
  ]
}

process.exitCode = await main()
