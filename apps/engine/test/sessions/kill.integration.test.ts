import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { Extranonce1Allocator } from '../../src/sessions/extranonce1-allocator.js'
import { Extranonce1File } from '../../src/sessions/extranonce1-file.js'
import { SessionRecords } from '../../src/sessions/session-records.js'
import { temporaryDirectory } from './open-front.js'
import { runSources } from '../run-sources.js'

const PREFIX = 0x123
/** What the children say their sessions came in on. */
const PORT = 1
const RUNS = 4
const child = fileURLToPath(new URL('kill-child.ts', import.meta.url))

/** Runs the child until it has opened sessions, lets it go on for a while, and kills it. Returns whole lines alone. */
async function runAndKill(dataDir: string, run: number): Promise<string[]> {
  const args = [...runSources(), child, dataDir, String(run)]
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  running.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  await Promise.race([once(running.stdout, 'data'), once(running, 'exit')])
  await sleep(20 + 13 * run)
  running.kill('SIGKILL')
  const [, signal] = (await once(running, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return output.split('\n').slice(0, -1)
}

it('kill -9 loses no session that was written, and no extranonce1 is given twice', async () => {
  const dataDir = await temporaryDirectory()
  const opened: string[] = []
  for (let run = 0; run < RUNS; run++) opened.push(...(await runAndKill(dataDir, run)))
  expect(new Set(opened.map((sessionId) => sessionId.slice(0, 8))).size).toBe(opened.length)
  expect(opened.length).toBeGreaterThanOrEqual(RUNS * 100)
  const modules = { log: pino({ level: 'silent' }), nowMs: Date.now }
  const records = await SessionRecords.open({ dataDir, prefix: PREFIX }, modules)
  const store = new Extranonce1File(dataDir, PREFIX)
  const extranonce1 = new Extranonce1Allocator(
    { prefix: PREFIX, nowMs: Date.now() },
    { store, log: modules.log },
  )
  const known = opened.filter((sessionId) => {
    const record = records.resume(sessionId, PORT, Date.now())
    return record !== undefined && extranonce1.retake(record.extranonce1)
  })
  expect(known.length).toBe(opened.length)
  await records.stop()
  extranonce1.close()
}, 60_000)
