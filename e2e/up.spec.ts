import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bitcoinRpc, type Rpc } from '@headframe/local/bitcoin-rpc'
import { freePort, isPortFree } from '@headframe/local/free-port'
import { identify, isRunning, type ProcessIdentity } from '@headframe/local/process-identity'
import { expect, test } from '@playwright/test'

const UP = fileURLToPath(new URL('../scripts/up.mjs', import.meta.url))
const READY = 'Ctrl-C stops everything.'
const START_TIMEOUT_MS = 180_000
const MATURED_HEIGHT = 101

/** One run of `npm run up`, and what it has printed. */
class Run {
  readonly child: ChildProcess
  readonly exited: Promise<number | null>
  output = ''

  constructor(options: readonly string[]) {
    runs.push(this)
    this.child = spawn(process.execPath, [UP, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
    this.exited = new Promise((resolve) => this.child.once('exit', resolve))
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    }
  }

  says(text: string, timeoutMs = START_TIMEOUT_MS): Promise<void> {
    return expect.poll(() => this.output, { timeout: timeoutMs }).toContain(text)
  }

  /** The demo's own node. */
  rpc(dataDirectory: string): Rpc {
    const [, port] = /regtest, ready on port (\d+)/.exec(this.output)!
    const password = readFileSync(join(dataDirectory, 'bitcoin', 'rpc-password'), 'utf8')
    return bitcoinRpc(`http://headframe:${password}@127.0.0.1:${port}`)
  }

  /** Ends it as nothing else can, and names what has to follow it. */
  kill(): ProcessIdentity[] {
    const processes = this.descendants()
    this.child.kill('SIGKILL')
    return processes
  }

  /** Everything it has started, and what those have, and so on. */
  descendants(): ProcessIdentity[] {
    const parents = new Map<number, number>()
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      const parent = parentOf(Number(name))
      if (parent !== undefined) parents.set(Number(name), parent)
    }
    const isBelow = (pid: number): boolean => {
      const parent = parents.get(pid)
      return parent !== undefined && (parent === this.child.pid || isBelow(parent))
    }
    return [...parents.keys()].filter(isBelow).flatMap((pid) => identify(pid) ?? [])
  }
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return undefined
  }
}

async function freePairOfPorts(): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (port < 65_535 && (await isPortFree(port + 1))) return port
  }
}

const allGone = (processes: readonly ProcessIdentity[]) =>
  expect.poll(() => processes.filter(isRunning), { timeout: 30_000 }).toEqual([])

const runs: Run[] = []
let dataDirectory: string
test.beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'headframe-e2e-'))
  await chmod(dataDirectory, 0o711)
})
test.afterEach(async () => {
  // Where a test failed half-way, its pool ends with its `up`.
  const processes = runs.splice(0).flatMap((run) => run.kill())
  await allGone(processes)
  await rm(dataDirectory, { recursive: true, force: true })
})

test('the demo finds blocks, mends itself, dies without a trace and goes on where it was', async () => {
  const ports = ['--web-port', String(await freePort()), '--stratum-port', String(await freePairOfPorts())]
  const options = ['--data', dataDirectory, ...ports]
  const first = new Run(options)
  await first.says(READY)
  const heightOf = (run: Run) => run.rpc(dataDirectory)<number>('getblockcount')
  await expect.poll(() => heightOf(first), { timeout: 90_000 }).toBeGreaterThan(MATURED_HEIGHT + 1)

  const second = new Run([
    '--data',
    dataDirectory,
    '--web-port',
    String(await freePort()),
    '--stratum-port',
    String(await freePairOfPorts()),
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

  const third = new Run(options)
  await third.says(READY)
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
  const run = new Run(['--data', dataDirectory, '--web-port', String(taken)])
  expect(await run.exited).toBe(1)
  expect(run.output).toContain(`Port ${taken} is in use by another program.`)
  expect(run.output).toContain('--web-port')
  holder.kill()
  const wrong = new Run(['--wep-port', '1'])
  expect(await wrong.exited).toBe(2)
  expect(wrong.output).toContain('npm run up -- [options]')
})
