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
import { startPostgres } from '@headframe/local/postgres'
import { startRedis } from '@headframe/local/redis'
import { waitUntil } from '@headframe/local/wait-until'

export interface BenchPoolOptions {
  /** On regtest every share is a block; on a testnet4 that talks to nobody none is. */
  readonly chain: 'regtest' | 'testnet4'
  /** Settings of the port, without its number. */
  readonly port: string
}

/** A whole `serve` of one stratum process with a real node, Postgres and Redis, as in production. */
export interface BenchPool {
  readonly node: Bitcoind
  readonly stratumPort: number
  readonly dataDir: string
  /** CPU time that the stratum process has used, ms. */
  stratumCpuMs(): number
  close(): Promise<void>
}

const packagesDirectory = fileURLToPath(new URL('../../.headframe/packages', import.meta.url))
const READY_TIMEOUT_MS = 30_000
/** Kernel ticks a second, on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100
/** Of the public key hash that is all zeros: nobody has its key, and the node needs no wallet. */
const NOBODY = {
  regtest: 'bcrt1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqdku202',
  testnet4: 'tb1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq0l98cr',
}

export const minerAddress = (chain: BenchPoolOptions['chain']): string => NOBODY[chain]

export async function openBenchPool({ chain, port }: BenchPoolOptions): Promise<BenchPool> {
  const directory = await mkdtemp(join(tmpdir(), 'headframe-bench-'))
  // Postgres runs as another user when this is root.
  await chmod(directory, 0o711)
  const closers: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })]
  const started = <T extends { stop(): Promise<unknown> }>(service: T): T => {
    closers.unshift(() => service.stop())
    return service
  }
  const postgres = started(await startPostgres({ directory: join(directory, 'postgres') }))
  const redis = started(await startRedis({ directory: join(directory, 'redis'), packagesDirectory }))
  const node = started(
    await startBitcoind({ directory: join(directory, 'bitcoin'), packagesDirectory, chain }),
  )
  const database = openDatabase({ url: postgres.url })
  await migrate(database.pool)
  await database.close()
  const stratumPort = await freePort()
  const dataDir = join(directory, 'data')
  const serve = started(
    await startChild({
      name: 'serve',
      command: process.execPath,
      args: [createRequire(import.meta.url).resolve('@headframe/engine/serve')],
      logFile: join(directory, 'serve.log'),
      env: {
        PATH: '/usr/bin:/bin',
        DATA_DIR: dataDir,
        BITCOIND_URL: node.url,
        BITCOIND_ZMQ_HASHBLOCK: node.zmqHashblockUrl,
        DATABASE_URL: postgres.url,
        REDIS_URL: redis.url,
        POOL_ADDRESS: NOBODY[chain],
        STRATUM_HOST: '127.0.0.1',
        STRATUM_PORTS: `${stratumPort} ${port}`,
        STRATUM_PROCESSES: '1',
      },
    }),
  )
  const isListening = (): Promise<boolean> =>
    Promise.resolve(readFileSync(serve.logFile, 'utf8').includes('"listening"'))
  await waitUntil(isListening, { what: 'serve', timeoutMs: READY_TIMEOUT_MS, child: serve })
  return {
    node,
    stratumPort,
    dataDir,
    stratumCpuMs: () => cpuMsOf(stratumPidOf(serve)),
    async close() {
      for (const close of closers) await close()
    },
  }
}

/** The child of `serve` that is not the shipper. */
function stratumPidOf(serve: Child): number {
  const children = readFileSync(`/proc/${serve.pid}/task/${serve.pid}/children`, 'utf8').trim().split(' ')
  const pid = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('serve.js'))
  if (pid === undefined) throw new Error('serve has no stratum process')
  return Number(pid)
}

/** User and system time of all threads of a process (proc(5), fields 14 and 15 of stat). */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND
}
