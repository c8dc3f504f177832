import { liveKeys } from '@headframe/core/live/live-feed'
import type { ClientProfileTable } from '@headframe/core/stratum/client-profile'
import { askNetwork } from './bitcoind/ask-network.js'
import { loadEngineOptions, type EngineOptions } from './env.js'
import { connectCommandRedis } from './live/command-redis.js'
import { readProcesses, type ProcessReport } from './live/read-processes.js'
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

async function readRunning(options: EngineOptions): Promise<ProcessReport[]> {
  const network = await askNetwork(options)
  const redis = await connectCommandRedis(options.REDIS_URL, 'the counts')
  const processes = await readProcesses(redis, liveKeys(network), Date.now())
  redis.disconnect()
  if (processes.length > 0) return processes
  throw new Error(`No pool runs on ${network}: no stratum process has lately told this Redis of itself.`)
}

/** `npm run profiles`: what is known of mining clients, and how many of each have come to the pool that runs. */
await exitOnFault(async () => {
  const command = parseProfileCommand(process.argv.slice(2))
  if (command.kind === 'problem') throw new Error(command.problem)
  if (command.kind === 'help') return void process.stdout.write(PROFILES_USAGE)
  const options = loadEngineOptions()
  const report = reportProfiles(await readTable(options), await readRunning(options))
  process.stdout.write(`${command.kind === 'json' ? profilesAsJson(report) : formatProfiles(report)}\n`)
})
