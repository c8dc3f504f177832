import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { clearInterval, setInterval } from 'node:timers'

import { Failure } from './failure.mjs'

const TICK_MS = 10_000
const MAX_OUTPUT_CHARACTERS = 256 * 1024
const SHOWN_LINES = 40
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
/** 128 + SIGINT, as shells have it. */
const FORCED_EXIT_CODE = 130

/** @param {number} startedAt from performance.now() */
const seconds = (startedAt) => `${Math.round((performance.now() - startedAt) / 1000)} s`

/**
 * Runs a long command quietly: says that it started, that it goes on, and how long it took. Its output is shown
 * only when it fails, the end of it.
 * @param {string} title
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @param {string} advice what to do when it fails
 */
export async function step(title, command, args, options, advice) {
  const startedAt = performance.now()
  console.error(`  ${title} ...`)
  const tick = setInterval(() => console.error(`  ${title} ... ${seconds(startedAt)}`), TICK_MS)
  let output = ''
  const collect = (text) => (output = (output + text).slice(-MAX_OUTPUT_CHARACTERS))
  const code = await new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    const giveUp = (signal) => {
      child.kill(signal)
      process.exit(FORCED_EXIT_CODE)
    }
    // Nothing goes on installing or building for a command that was stopped.
    for (const signal of STOP_SIGNALS) process.once(signal, giveUp)
    child.once('close', () => STOP_SIGNALS.forEach((signal) => process.off(signal, giveUp)))
    child.stdout.setEncoding('utf8').on('data', collect)
    child.stderr.setEncoding('utf8').on('data', collect)
    child.once('error', (error) => resolve(`it could not be executed: ${error.message}`))
    child.once('close', (status, signal) => resolve(status ?? signal))
  })
  clearInterval(tick)
  if (code === 0) return console.error(`  ${title}: done in ${seconds(startedAt)}`)
  const tail = output.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')
  throw new Failure(`${tail}\n\n${title} failed (${code}). ${advice}`)
}
