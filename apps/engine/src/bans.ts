import { liveKeys } from '@headframe/core/live/live-feed'
import { askNetwork } from './bitcoind/ask-network.js'
import { loadEngineOptions, type EngineOptions } from './env.js'
import { formatBans, parseBanCommand, timeOf, USAGE, type BanCommand } from './guard/ban-command.js'
import { BanList } from './guard/ban-list.js'
import { isNeverBanned } from './guard/guard-options.js'
import { connectCommandRedis } from './live/command-redis.js'
import { createLog } from './log.js'
import { exitOnFault } from './processes/stop-signal.js'

const MAX_SYNCS = 20

/** Does what was asked for; the answer is for a person. Throws what keeps it from being done. */
function obey(command: BanCommand, bans: BanList, options: EngineOptions): string {
  if (command.kind === 'lift') {
    if (!bans.lift(command.address)) throw new Error(`${command.address} is not banned.`)
    return `${command.address} may connect again.`
  }
  if (command.kind === 'ban') {
    const { address, minutes, reason } = command
    if (isNeverBanned(options, address)) throw new Error(`${address} is in STRATUM_NEVER_BAN.`)
    return `${address} is banned until ${timeOf(bans.banFor(address, reason, minutes * 60_000).untilMs)}.`
  }
  return formatBans(bans.active())
}

/** Until the list in Redis is what this copy is. */
async function syncWhole(bans: BanList): Promise<void> {
  for (let i = 0; i < MAX_SYNCS; i++) if (await bans.sync()) return
  throw new Error('The list of bans changes too fast to be written; try again.')
}

/** `npm run bans`: who is banned; lifts and makes bans. */
await exitOnFault(async () => {
  const command = parseBanCommand(process.argv.slice(2))
  if (command.kind === 'problem') throw new Error(command.problem)
  if (command.kind === 'help') return void process.stdout.write(USAGE)
  const options = loadEngineOptions()
  const network = await askNetwork(options)
  const redis = await connectCommandRedis(options.REDIS_URL, 'the bans')
  const log = createLog({ level: 'silent', name: 'bans' })
  const bans = new BanList(
    { keys: liveKeys(network), by: 'command', banMs: options.STRATUM_BAN_MINUTES * 60_000 },
    { redis, log, nowMs: Date.now },
  )
  await syncWhole(bans)
  const answer = obey(command, bans, options)
  await syncWhole(bans)
  redis.disconnect()
  process.stdout.write(`${answer}\n`)
})
