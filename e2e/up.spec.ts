import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { bitcoinRpc } from '@headframe/local/bitcoin-rpc'
import { freeRowOfPorts, freePort } from '@headframe/local/free-port'
import { isRunning, type ProcessIdentity } from '@headframe/local/process-identity'
import { expect, test } from '@playwright/test'
import { newDataDirectory, STRATUM_PORTS, UpRun } from './up-run.js'

const MATURED_HEIGHT = 101

const allGone = (processes: readonly ProcessIdentity[]) =>
  expect.poll(() => processes.filter(isRunning), { timeout: 30_000 }).toEqual([])

const runs: UpRun[] = []
function up(options: readonly string[]): UpRun {
  const run = new UpRun(options)
  runs.push(run)
  return run
}

/** The demo's own node. */
function heightOf(run: UpRun): Promise<number> {
  const [, port] = /regtest, ready on port (\d+)/.exec(run.output)!
  const password = readFileSync(join(dataDirectory, 'bitcoin', 'rpc-password'), 'utf8')
  return bitcoinRpc(`http://headframe:${password}@127.0.0.1:${port}`)<number>('getblockcount')
}

let dataDirectory: string
test.beforeEach(async () => {
  dataDirectory = await newDataDirectory()
})
test.afterEach(async () => {
  // Where a test failed half-way, its pool ends with its `up`.
  const processes = runs.splice(0).flatMap((run) => run.kill())
  await allGone(processes)
  await rm(dataDirectory, { recursive: true, force: true })
})

test('the demo finds blocks, mends itself, dies without a trace and goes on where it was', async () => {
  const ports = [
    '--web-port',
    String(await freePort()),
    '--stratum-port',
    String(await freeRowOfPorts(STRATUM_PORTS)),
  ]
  const options = ['--data', dataDirectory, ...ports]
  const first = up(options)
  await first.isReady()
  await expect.poll(() => heightOf(first), { timeout: 90_000 }).toBeGreaterThan(MATURED_HEIGHT + 1)

  const second = up([
    '--data',
    dataDirectory,
    '--web-port',
    String(await freePort()),
    '--stratum-port',
    String(await freeRowOfPorts(STRATUM_PORTS)),
  ])
  expect(await second.exited).toBe(1)
  expect(second.output).toContain(`${dataDirectory} is in use by process ${first.child.pid}`)

  const { pid } = JSON.parse(
    readFileSync(join(dataDirectory, 'postgres', 'postgres.pid'), 'utf8'),
  ) as ProcessIdentity
  process.kill(pid, 'SIGKILL')
  await first.says('Postgres runs again', 60_000)

  const height = await heightOf(first)
  const processes = first.kill()
  expect(processes.length).toBeGreaterThan(10)
  await allGone(processes)

  const third = up(options)
  await third.isReady()
  expect(await heightOf(third)).toBeGreaterThanOrEqual(height)
  const again = third.descendants()
  third.child.kill('SIGINT')
  expect(await third.exited).toBe(0)
  expect(third.output).toContain('Stopped; the data is kept.')
  await allGone(again)
})

test('what cannot work is refused with what to do about it', async () => {
  const taken = await freePort()
  const holder = spawn(process.execPath, [
    '-e',
    `require('net').createServer().listen(${taken}, '127.0.0.1', () => console.log('listens'))`,
  ])
  await new Promise((resolve) => holder.stdout.once('data', resolve))
  const run = up(['--data', dataDirectory, '--web-port', String(taken)])
  expect(await run.exited).toBe(1)
  expect(run.output).toContain(`Port ${taken} is in use by another program.`)
  expect(run.output).toContain('--web-port')
  holder.kill()
  const wrong = up(['--wep-port', '1'])
  expect(await wrong.exited).toBe(2)
  expect(wrong.output).toContain('npm run up -- [options]')
})
