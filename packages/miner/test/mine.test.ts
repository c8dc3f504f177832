import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { compileMiner, type CompiledMiner } from './compile-miner.js'
import { judgingPool } from './judging-pool.js'
import { ScriptedPool } from './scripted-pool.js'

let compiled: CompiledMiner
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  compiled = await compileMiner()
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})
afterAll(() => compiled.remove())

/** Runs the command; `output` grows with what it prints. */
function mine(...args: readonly string[]) {
  const child = spawn(process.execPath, [join(compiled.dir, 'mine.js'), ...args])
  const run = { child, output: '', exit: once(child, 'exit') }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (run.output += chunk.toString()))
  }
  closing.push(() => {
    child.kill('SIGKILL')
    return run.exit
  })
  return run
}

it.each(['SIGTERM', 'SIGINT'] as const)(
  'mines with several threads, and ends at %s',
  async (signal) => {
    const pool = await ScriptedPool.listen(judgingPool(1e-7))
    closing.push(() => pool.close())
    const url = `stratum+tcp://127.0.0.1:${pool.endpoint.port}`
    const run = mine('--url', url, '--user', 'a.b', '--hashrate', '20k', '--threads', '2')
    await expect
      .poll(() => run.output, { timeout: 8_000 })
      .toMatch(/^\d{4}-.*Z share of difficulty 1e-7 accepted$/m)
    run.child.kill(signal)
    expect(await run.exit).toEqual([0, null])
    await expect.poll(() => pool.sockets.size).toBe(0)
  },
  10_000,
)

it('says what is wrong with its arguments', async () => {
  const wrong = mine('--user', 'a')
  const help = mine('--help')
  expect(await wrong.exit).toEqual([2, null])
  expect(wrong.output).toMatch(/^--url is missing/)
  expect(wrong.output).toContain('mine --url stratum+tcp://HOST:PORT')
  expect(await help.exit).toEqual([0, null])
  expect(help.output).toMatch(/^Mines Bitcoin/)
})
