import { openDatabase, type Database } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { createScratchDatabase } from '@headframe/db/replay/scratch-database'
import { rebuildRollups } from '@headframe/db/rollup/rebuild-rollups'
import { AnyNode } from './bitcoind/any-node.js'
import { askNetwork } from './bitcoind/ask-network.js'
import { closeNodes, openNodes } from './bitcoind/open-nodes.js'
import { loadEngineOptions, type EngineOptions } from './env.js'
import { exitOnFault } from './processes/stop-signal.js'
import { formatComparisons, parseReplayCommand, USAGE, type ReplayCommand } from './rebuild/replay-command.js'
import { replay } from './rebuild/replay.js'

const print = (text: string): void => void process.stdout.write(`${text}\n`)
const tell = (what: string): void => void process.stderr.write(`  ${what} ...\n`)

type Compare = Extract<ReplayCommand, { kind: 'compare' }>

async function compare(options: EngineOptions, live: Database, { into, journal }: Compare): Promise<void> {
  const network = await askNetwork(options)
  const scratch = into === undefined ? await createScratchDatabase(options.DATABASE_URL) : undefined
  const rebuilt = openDatabase({ url: scratch?.url ?? into ?? '' })
  const nodes = openNodes(options.BITCOIND_URLS)
  try {
    await migrate(rebuilt.pool)
    const modules = { live, rebuilt, rpc: new AnyNode(nodes), tell }
    const comparisons = await replay({ network, journalFolder: journal }, modules)
    print(formatComparisons(comparisons))
    const different = comparisons.filter(({ firstDifference }) => firstDifference !== undefined)
    if (different.length > 0) throw new Error('What was rebuilt is not what there is.')
    print('What was rebuilt is what there is, row by row.')
  } finally {
    closeNodes(nodes)
    await rebuilt.close()
    await scratch?.drop()
  }
}

/** `npm run replay`: rebuilds what the pool has worked out, and compares. */
await exitOnFault(async () => {
  const command = parseReplayCommand(process.argv.slice(2))
  if (command.kind === 'problem') throw new Error(command.problem)
  if (command.kind === 'help') return void process.stdout.write(USAGE)
  const options = loadEngineOptions()
  const live = openDatabase({ url: options.DATABASE_URL })
  try {
    await live.pool.query('SELECT 1').catch((error: unknown) => {
      throw new Error(`The database cannot be asked: ${(error as Error).message}; see DATABASE_URL.`)
    })
    if (command.kind === 'compare') await compare(options, live, command)
    else {
      await rebuildRollups(live)
      print('The rollups are made again.')
    }
  } finally {
    await live.close()
  }
})
