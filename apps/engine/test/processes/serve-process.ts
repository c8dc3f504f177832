import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openDatabase, type Database } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { freePort } from '@headframe/local/free-port'
import { startRedis } from '@headframe/local/redis'
import { createTestDatabase, testServices } from '@headframe/local/testing/services'
import { StratumClient } from '@headframe/miner/stratum-client'
import { onTestFinished } from 'vitest'
import { runSources } from '../run-sources.js'

/** Of the public key hash that is all zeros: nobody has its key, and a node needs no wallet to know it. */
export const NOBODY = 'bcrt1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqdku202'

/** For a test with it: on busy cores a start takes half a minute, most of it to compile. */
export const LONG_MS = 180_000

const HOST = '127.0.0.1'

export interface ServeOptions {
  readonly nodeUrl: string
  /** Settings of the port, without its number. */
  readonly port: string
  /** Stratum processes. */
  readonly processes: number
  /** Settings besides, and instead of, those that every test needs. */
  readonly environment?: Readonly<Record<string, string>>
}

/** A line of the engine's log. */
export interface LogLine {
  readonly msg: string
  /** `primary`, `stratum-0`, `shipper` and so on. */
  readonly process: string
  readonly [field: string]: unknown
}

/** The program `serve` with its children, and a database and a Redis of its own. */
export interface ServeProcess {
  readonly port: number
  readonly database: Database
  readonly redisUrl: string
  /** All that was logged, by all starts. */
  readonly lines: LogLine[]
  /** Until every stratum process listens. */
  start(): Promise<void>
  /** `settle` beside it, with the same settings, until it settles; its lines are among the others. */
  startSettle(): Promise<void>
  /** `kill -9` of it and of its children. */
  kill(): Promise<void>
  /** Of the stratum processes that run now, in the order of their start. */
  stratumPids(): number[]
  /** What it says to Prometheus. */
  metrics(): Promise<string>
  /** A miner that is authorized as `NOBODY.rig`. */
  connectMiner(): Promise<StratumClient>
}

/** `serve` from its sources, not started yet; it and all that it needs are gone when the test has ended. */
export async function openServe(options: ServeOptions): Promise<ServeProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'headframe-serve-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const { packagesDirectory } = testServices()
  const redis = await startRedis({ directory: join(directory, 'redis'), packagesDirectory })
  onTestFinished(() => redis.stop())
  const database = await openMigrated()
  const [port, metricsPort] = [await freePort(), await freePort()]
  const environment = {
    PATH: '/usr/bin:/bin',
    DATA_DIR: join(directory, 'data'),
    BITCOIND_URLS: options.nodeUrl,
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    POOL_ADDRESS: NOBODY,
    STRATUM_HOST: HOST,
    STRATUM_PORTS: `${port} ${options.port}`,
    STRATUM_PROCESSES: String(options.processes),
    METRICS_LISTEN: `${HOST}:${metricsPort}`,
    // One miner more would find blocks as well.
    CANARY: 'off',
    ...options.environment,
  }
  const lines: LogLine[] = []
  let serve: ChildProcess | undefined

  async function start(): Promise<void> {
    const before = lines.length
    const started = spawnProgram('serve', environment, lines)
    serve = started
    // Without a bound but the test's: to compile everything on busy cores may take longer than any wait of a test.
    while (lines.slice(before).filter(({ msg }) => msg === 'listening').length < options.processes) {
      if (started.exitCode !== null) throw new Error('serve has ended; it has said why')
      await sleep(10)
    }
  }
  async function kill(): Promise<void> {
    if (serve?.exitCode !== null) return
    const exited = once(serve, 'exit')
    process.kill(-serve.pid!, 'SIGKILL')
    await exited
    serve = undefined
  }
  onTestFinished(kill)
  async function startSettle(): Promise<void> {
    const settle = spawnProgram('settle', environment, lines)
    onTestFinished(async () => {
      const exited = once(settle, 'exit')
      if (settle.exitCode === null && settle.kill('SIGTERM')) await exited
    })
    while (!lines.some(({ msg, process: name }) => name === 'settle' && msg === 'settling')) {
      if (settle.exitCode !== null) throw new Error('settle has ended; it has said why')
      await sleep(10)
    }
  }
  return {
    port,
    database: database.db,
    redisUrl: redis.url,
    lines,
    start,
    startSettle,
    kill,
    stratumPids: () => childrenOf(serve!.pid!, 'serve.ts'),
    metrics: async () => (await fetch(`http://${HOST}:${metricsPort}/metrics`)).text(),
    connectMiner: () => connectMiner(port),
  }
}

async function openMigrated(): Promise<{ readonly url: string; readonly db: Database }> {
  const test = await createTestDatabase()
  onTestFinished(() => test.drop())
  const { url } = test
  const db = openDatabase({ url })
  onTestFinished(() => db.close())
  await migrate(db.pool)
  return { url, db }
}

/** In a group of its own, which can be killed as a whole. */
function spawnProgram(name: 'serve' | 'settle', env: Record<string, string>, lines: LogLine[]): ChildProcess {
  const file = fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url))
  const args = [...runSources(), file]
  const program = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  createInterface(program.stdout).on('line', (line) => lines.push(JSON.parse(line) as LogLine))
  return program
}

/** Children that run `program`, the oldest first. */
function childrenOf(pid: number, program: string): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  return children
    .filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(program))
    .map(Number)
}

async function connectMiner(port: number): Promise<StratumClient> {
  const client = await StratumClient.connect({ host: HOST, port })
  onTestFinished(() => client.close())
  await client.subscribe()
  await client.authorize(`${NOBODY}.rig`)
  return client
}
