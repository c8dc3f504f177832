import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import { startChild, type Child } from '@headframe/local/child'
import { freePort } from '@headframe/local/free-port'
import { startPostgres, type Postgres } from '@headframe/local/postgres'
import { startRedis, type Redis } from '@headframe/local/redis'
import { waitUntil } from '@headframe/local/wait-until'
import { PaddedNode } from './padded-node.js'

export interface ServePoolOptions {
  /** On regtest every share is a block; on a testnet4 that talks to nobody none is. */
  readonly chain: 'regtest' | 'testnet4'
  /** Settings of the port, without its number. */
  readonly port: string
  /** Stratum processes; one when left out. */
  readonly processes?: number
  /** Nodes of the caller's, who keeps and stops them, as BITCOIND_URLS takes them; one of the pool's own when left out. */
  readonly nodes?: readonly [Bitcoind, ...Bitcoind[]]
  /** Transactions that every template is said to have, for a job of real size; none when left out. */
  readonly transactions?: number
  /** Settings of the engine besides, and instead of, those that the pool needs here. */
  readonly environment?: Readonly<Record<string, string>>
}

/** `serve` as in production, with a real node, Postgres and Redis. */
export interface ServePool {
  readonly node: Bitcoind
  readonly postgres: Postgres
  readonly redis: Redis
  readonly stratumPort: number
  readonly dataDir: string
  readonly primaryPid: number
  /** Of the only stratum process, or the first of several. */
  stratumPid(): number
  stratumPids(): number[]
  shipperPid(): number
  /** Starts Postgres again on its data and port, after it was killed. */
  restartPostgres(): Promise<void>
  close(): Promise<void>
}

export const packagesDirectory = fileURLToPath(new URL('../../.headframe/packages', import.meta.url))
const READY_TIMEOUT_MS = 30_000
/** Of the public key hash that is all zeros: nobody has its key, and the node needs no wallet. */
const NOBODY = {
  regtest: 'bcrt1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqdku202',
  testnet4: 'tb1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq0l98cr',
}

export const nobodysAddress = (chain: ServePoolOptions['chain']): string => NOBODY[chain]

export async function openServePool(options: ServePoolOptions): Promise<ServePool> {
  const { chain, port, processes = 1, transactions = 0 } = options
  const directory = await mkdtemp(join(tmpdir(), 'headframe-serve-'))
  // Postgres runs as another user when this is root.
  await chmod(directory, 0o711)
  const closers: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })]
  const started = <T extends { stop(): Promise<unknown> }>(service: T): T => {
    closers.unshift(() => service.stop())
    return service
  }
  const postgresDirectory = join(directory, 'postgres')
  const postgres = started(await startPostgres({ directory: postgresDirectory }))
  const redis = started(await startRedis({ directory: join(directory, 'redis'), packagesDirectory }))
  const startNode = async () =>
    started(await startBitcoind({ directory: join(directory, 'bitcoin'), packagesDirectory, chain }))
  const nodes = options.nodes ?? [await startNode()]
  const [node] = nodes
  const reach = async ({ url, zmqHashblockUrl, zmqRawblockUrl }: Bitcoind) => {
    const reachedBy = transactions === 0 ? url : started(await PaddedNode.open(url, transactions)).url
    return `${reachedBy} hashblock=${zmqHashblockUrl} rawblock=${zmqRawblockUrl}`
  }
  const database = openDatabase({ url: postgres.url })
  await migrate(database.pool)
  await database.close()
  const stratumPort = await freePort()
  const dataDir = join(directory, 'data')
  const environment = {
    PATH: '/usr/bin:/bin',
    DATA_DIR: dataDir,
    BITCOIND_URLS: (await Promise.all(nodes.map(reach))).join('; '),
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    POOL_ADDRESS: NOBODY[chain],
    STRATUM_HOST: '127.0.0.1',
    STRATUM_PORTS: `${stratumPort} ${port}`,
    // One miner more would be measured as well.
    CANARY: 'off',
    STRATUM_PROCESSES: String(processes),
    ...options.environment,
  }
  const serve = started(await startServe(environment, join(directory, 'serve.log'), processes))
  return {
    node,
    postgres,
    redis,
    stratumPort,
    dataDir,
    primaryPid: serve.pid,
    stratumPid: () => childrenOf(serve, 'serve.js')[0]!,
    stratumPids: () => childrenOf(serve, 'serve.js'),
    shipperPid: () => childrenOf(serve, 'ship.js')[0]!,
    async restartPostgres() {
      started(await startPostgres({ directory: postgresDirectory, port: postgres.port }))
    },
    async close() {
      for (const close of closers) await close()
    },
  }
}

async function startServe(env: NodeJS.ProcessEnv, logFile: string, processes: number): Promise<Child> {
  const program = createRequire(import.meta.url).resolve('@headframe/engine/serve')
  const serve = await startChild({ name: 'serve', command: process.execPath, args: [program], logFile, env })
  const isListening = (): Promise<boolean> =>
    Promise.resolve(readFileSync(logFile, 'utf8').split('"listening"').length > processes)
  await waitUntil(isListening, { what: 'serve', timeoutMs: READY_TIMEOUT_MS, child: serve })
  return serve
}

/** The child processes of `serve` that run `program`; throws while there is none. */
function childrenOf(serve: Child, program: string): number[] {
  const children = readFileSync(`/proc/${serve.pid}/task/${serve.pid}/children`, 'utf8').trim().split(' ')
  const pids = children.filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(program))
  if (pids.length === 0) throw new Error(`serve has no child that runs ${program}`)
  return pids.map(Number)
}
