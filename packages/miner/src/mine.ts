import { setTimeout as delay } from 'node:timers/promises'
import { Hasher } from './hasher.js'
import { mineForever } from './mine-forever.js'
import { parseCommand, USAGE, type MineOptions } from './options.js'

/** The command `mine`: reads its arguments, mines until SIGINT or SIGTERM, and leaves nothing behind. */
const USAGE_EXIT_CODE = 2

const command = parseCommand(process.argv.slice(2))
if (command.kind === 'help') console.log(USAGE)
else if (command.kind === 'problem') {
  console.error(`${command.problem}\n\n${USAGE}`)
  process.exitCode = USAGE_EXIT_CODE
} else await mine(command.options)

async function mine(options: MineOptions): Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  // Once each: a second signal ends the process the hard way.
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort())
  const hashers = Array.from({ length: options.threads }, () => new Hasher())
  await mineForever(options, {
    hashers,
    print: (text) => console.log(`${new Date().toISOString()} ${text}`),
    nowMs: () => performance.now(),
    random: Math.random,
    sleep: (ms) => delay(ms, undefined, { signal }).catch(() => undefined),
    signal,
  })
  await Promise.all(hashers.map((hasher) => hasher.close()))
}
