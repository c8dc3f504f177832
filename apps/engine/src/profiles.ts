import { liveKeys } from '@headframe/core/live/live-feed'
import type { ClientProfileTable } from '@headframe/core/stratum/client-profile'
import type { ProfileRule } from '@headframe/core/stratum/profile-rule'
import { askNetwork } from './bitcoind/ask-network.js'
import { loadEngineOptions, type EngineOptions } from './env.js'
import { connectCommandRedis } from './live/command-redis.js'
import { readProcesses, readRules, type ProcessReport } from './live/read-processes.js'
import { exitOnFault } from './processes/stop-signal.js'
import { BUILT_IN_PROFILES } from './stratum/built-in-profiles.js'
import { parseProfileCommand, PROFILES_USAGE } from './stratum/profile-command.js'
import { formatProfiles, profilesAsJson, reportProfiles } from './stratum/profile-report.js'
import { readProfileTable } from './stratum/read-profile-table.js'

async function readTable({ STRATUM_PROFILES_FILE: file }: EngineOptions): Promise<ClientProfileTable> {
  if (file === undefined) return BUILT_IN_PROFILES
  return readProfileTable(file).catch((error: unknown) => {
    throw new Error(`STRATUM_PROFILES_FILE ${file} cannot be used: ${(error as Error).message}`)
  })
}

interface Running {
  readonly processes: readonly ProcessReport[]
  readonly rules: readonly ProfileRule[]
}

async function readRunning(options: EngineOptions): Promise<Running> {
  const network = await askNetwork(options)
  const redis = await connectCommandRedis(options.REDIS_URL, 'the counts')
  const [keys, nowMs] = [liveKeys(network), Date.now()]
  const processes = await readProcesses(redis, keys, nowMs)
  const rules = await readRules(redis, keys, nowMs)
  redis.disconnect()
  if (processes.length > 0) return { processes, rules }
  throw new Error(`No pool runs on ${network}: no stratum process has lately told this Redis of itself.`)
}

/** `npm run profiles`: what is known of mining clients, and how many of each have come to the pool that runs. */
await exitOnFault(async () => {
  const command = parseProfileCommand(process.argv.slice(2))
  if (command.kind === 'problem') throw new Error(command.problem)
  if (command.kind === 'help') return void process.stdout.write(PROFILES_USAGE)
  const options = loadEngineOptions()
  const table = await readTable(options)
  const { processes, rules } = await readRunning(options)
  const report = reportProfiles(table, processes, rules)
  process.stdout.write(`${command.kind === 'json' ? profilesAsJson(report) : formatProfiles(report)}\n`)
})
