import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { LocalError } from '@headframe/local/local-error'
import { trimLog } from '@headframe/local/log-file'
import { checkGiven } from './check-given.js'
import { DataFolder } from './data-folder.js'
import { givenServices, isStartedByNpm } from './env.js'
import { sleepUnlessAborted } from './keeper.js'
import { Keepers } from './keepers.js'
import { learnChain } from './node-access.js'
import type { UpOptions } from './options.js'
import { panel } from './panel.js'
import { bringUpEngine, bringUpMiners, bringUpWeb, poolAddressOf } from './programs.js'
import { bringUpDatabase, bringUpNodes, bringUpRedis, type ServiceModules } from './services.js'
import { listenForStop } from './stop-request.js'
import { createTerminal } from './terminal.js'
import { UpError } from './up-error.js'

const EXIT_FAILED = 1
/** 128 + SIGINT, as shells have it. */
const EXIT_FORCED = 130
const LOG_CHECK_MS = 60_000

const nowMs = (): number => performance.now()

/** Starts everything in order: each step needs those before it. */
async function startAll(options: UpOptions, modules: ServiceModules): Promise<void> {
  const { folder, given, terminal, signal } = modules
  const databaseUrl = await bringUpDatabase(modules)
  signal.throwIfAborted()
  const redisUrl = await bringUpRedis(modules)
  signal.throwIfAborted()
  const nodes = await bringUpNodes(modules)
  signal.throwIfAborted()
  const state = await learnChain(nodes[0]!, folder, options.miner || given.poolAddress === undefined)
  const poolAddress = poolAddressOf(given.poolAddress, state)
  const settings = { options, databaseUrl, redisUrl, nodes, state, poolAddress }
  await bringUpEngine(settings, modules)
  signal.throwIfAborted()
  await bringUpWeb(settings, modules)
  signal.throwIfAborted()
  const isMining = options.miner && state.addresses !== null
  if (isMining) await bringUpMiners(settings, modules)
  for (const line of panel(options, state, isMining)) terminal.say(line)
}

/** What a person is told of a failure; only a bug of ours shows its stack. */
function explain(error: unknown): string {
  if (error instanceof UpError || error instanceof LocalError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function keepLogsShort(folder: DataFolder): NodeJS.Timeout {
  const logs = folder.folder('logs')
  const check = (): void => {
    for (const name of readdirSync(logs)) if (name.endsWith('.log')) trimLog(join(logs, name))
  }
  return setInterval(check, LOG_CHECK_MS)
}

/** Runs the pool until it is asked to stop, or cannot go on. Gives the exit code. */
export async function up(options: UpOptions): Promise<number> {
  const terminal = createTerminal(process.stdout, nowMs)
  const folder = openFolder(options.dataDirectory, terminal.say)
  if (folder === undefined) return EXIT_FAILED
  const fatal = new AbortController()
  const giveUp = (reason: Error): void => fatal.abort(reason)
  const keepers = new Keepers({ say: terminal.say, giveUp, nowMs, sleep: sleepUnlessAborted })
  const force = (): void => {
    terminal.say('Stopping everything at once.')
    void keepers.killAll().finally(() => process.exit(EXIT_FORCED))
  }
  const stop = listenForStop(force, isStartedByNpm())
  const logKeeper = keepLogsShort(folder)
  let exitCode = 0
  try {
    const given = await checkGiven(givenServices(), folder)
    await startAll(options, { folder, given, keepers, terminal, signal: stop.signal })
    await Promise.race([aborted(stop.signal), aborted(fatal.signal)])
    if (fatal.signal.aborted) throw fatal.signal.reason
  } catch (error) {
    if (!stop.signal.aborted) {
      terminal.say(`\n${explain(error)}\n`)
      exitCode = EXIT_FAILED
    }
  }
  terminal.say('Stopping ...')
  await keepers.stopAll()
  clearInterval(logKeeper)
  stop.dispose()
  folder.release()
  terminal.say('Stopped; the data is kept.')
  return exitCode
}

function openFolder(path: string, say: (line: string) => void): DataFolder | undefined {
  try {
    return DataFolder.open(path)
  } catch (error) {
    say(`\n${explain(error)}\n`)
    return undefined
  }
}
