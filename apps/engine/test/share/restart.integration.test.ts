import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { JobArchive } from '../../src/jobs/job-archive.js'
import { jobOn } from '../job-on.js'
import {
  directoryOf,
  NETWORK,
  noncesOf,
  openWriter,
  readChain,
  silent,
  temporaryDirectory,
} from '../journal/journal-fixture.js'
import { runSources } from '../run-sources.js'

/** Slot of each run: the process that finds out need not be the one that credited. */
const SLOTS = [0, 0, 1, 0]

interface Told {
  readonly duplicates: number
  readonly acknowledged: number
}

/** Runs a stratum process until it has credited something, lets it go on for a while, and kills it. */
async function runAndKill(dataDir: string, slot: number): Promise<Told> {
  const child = spawn(
    process.execPath,
    [...runSources(), fileURLToPath(new URL('restart-child.ts', import.meta.url)), dataDir, String(slot)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const hasEnded = once(child, 'exit')
  while (!/"acknowledged":[1-9]/.test(output)) {
    await Promise.race([once(child.stdout, 'data'), hasEnded])
    expect(child.exitCode).toBeNull()
  }
  await sleep(60)
  child.kill('SIGKILL')
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  const lines = output.trim().split('\n')
  const news = lines.map((line) => JSON.parse(line) as Partial<Told>)
  return {
    duplicates: news.find(({ duplicates }) => duplicates !== undefined)!.duplicates!,
    acknowledged: news.findLast(({ acknowledged }) => acknowledged !== undefined)!.acknowledged!,
  }
}

it('what was credited before kill -9 is a duplicate afterwards, in whichever process', async () => {
  const dataDir = await temporaryDirectory()
  const archive = await JobArchive.open({ dataDir, network: NETWORK }, { log: silent, nowMs: Date.now })
  archive.keep(jobOn(1, { createdAtMs: Date.now() }), Date.now())
  await archive.settle()

  const runs: Told[] = []
  for (const slot of SLOTS) runs.push(await runAndKill(dataDir, slot))

  // Recovers what the last runs of both slots left open.
  for (const slot of new Set(SLOTS)) await (await openWriter(dataDir, { slot })).close()
  const nonces: number[] = []
  for (const writerId of await directoryOf(dataDir).listWriters()) {
    nonces.push(...noncesOf(await readChain(dataDir, writerId)))
  }
  expect(new Set(nonces).size).toBe(nonces.length)
  let acknowledged = 0
  for (const run of runs) {
    expect(run.duplicates).toBeGreaterThanOrEqual(acknowledged)
    acknowledged = run.duplicates + run.acknowledged
  }
  expect(runs[0]!.duplicates).toBe(0)
  expect(nonces.length).toBeGreaterThanOrEqual(acknowledged)
}, 60_000)
