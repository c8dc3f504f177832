import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openWriter, readChain, sharesOf, temporaryDirectory } from './journal-fixture.js'
import { runSources } from '../run-sources.js'

const RUNS = 4
const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Runs the child until it has committed something, lets it go on for a while, and kills it. */
async function runAndKill(dataDir: string, run: number): Promise<number> {
  const child = spawn(process.execPath, [...runSources(), pathOf('kill-child.ts'), dataDir, String(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  await sleep(20 + 13 * run)
  child.kill('SIGKILL')
  const [, signal] = (await once(child, 'close')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  return Number(output.trim().split('\n').at(-1))
}

it('kill -9 in the middle of appends loses no acknowledged share and counts none twice', async () => {
  const dataDir = await temporaryDirectory()
  const committedOfRun: number[] = []
  for (let run = 0; run < RUNS; run++) committedOfRun.push(await runAndKill(dataDir, run))

  const writer = await openWriter(dataDir)
  expect(writer.incarnation).toBe(RUNS + 1)
  await writer.close()
  const segments = await readChain(dataDir, writer.writerId)
  expect(segments.length).toBeGreaterThan(RUNS)
  const noncesOfRun: number[][] = committedOfRun.map(() => [])
  for (const { share } of sharesOf(segments)) noncesOfRun[share.ntime]!.push(share.nonce)
  committedOfRun.forEach((committedSeq, run) => {
    const nonces = noncesOfRun[run]!
    expect(committedSeq).toBeGreaterThan(0)
    expect(nonces.length).toBeGreaterThanOrEqual(committedSeq)
    expect(nonces).toEqual(nonces.map((_, i) => i + 1))
  })
}, 60_000)
