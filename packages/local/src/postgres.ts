import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startChild, type Child } from './child.js'
import { createDatabase, databaseUrl } from './create-database.js'
import type { Program } from './debian-package.js'
import { serviceEnvironment } from './env.js'
import { isPortFree, LOOPBACK, onFreePort } from './free-port.js'
import { LocalError } from './local-error.js'
import { postgresBinaries } from './postgres-binaries.js'
import { identify, isRunning, parseIdentity } from './process-identity.js'
import { runTool } from './run-tool.js'
import { secretFile } from './secret-file.js'
import { runSql } from './sql.js'
import { runUnprivileged, type Unprivileged } from './unprivileged.js'
import type { Starting } from './starting.js'
import { waitUntil } from './wait-until.js'

export interface PostgresOptions extends Starting {
  /** Its own folder; data from an earlier start is continued. */
  readonly directory: string
  /** Default: a free one. */
  readonly port?: number
  /** Default `<directory>/postgres.log`. */
  readonly logFile?: string
  /** Of postgresql.conf, `name=value`; they win over ours. */
  readonly settings?: readonly string[]
  /** false gives up safety against a power failure for speed: for tests. Default true. */
  readonly durable?: boolean
}

export interface Postgres {
  /** postgresql://user:password@127.0.0.1:port/headframe */
  readonly url: string
  readonly port: number
  readonly child: Child
  /** Fast shutdown: ends sessions, keeps what is committed. */
  stop(): Promise<void>
}

const DATABASE = 'headframe'
const SUPERUSER = 'headframe'
const INITDB_TIMEOUT_MS = 120_000
/** Includes the replay of its log after a crash. */
const READY_TIMEOUT_MS = 120_000
const MAX_CONNECTIONS = 200

const SETTINGS = [
  `listen_addresses=${LOOPBACK}`,
  'unix_socket_directories=',
  `max_connections=${String(MAX_CONNECTIONS)}`,
  'shared_buffers=128MB',
  'max_wal_size=1GB',
  'logging_collector=off',
  'log_checkpoints=off',
  'log_timezone=UTC',
  'timezone=UTC',
  'jit=off',
]
const FAST_SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

function prefixed(prefix: Program | undefined, command: string, args: readonly string[]): Program {
  return prefix === undefined
    ? { command, args }
    : { command: prefix.command, args: [...prefix.args, command, ...args] }
}

/** Makes a cluster, whole or not at all: an interrupted one is under another name and is thrown away. */
async function initialise(
  binaries: string,
  directory: string,
  way: Unprivileged,
  durable: boolean,
): Promise<void> {
  const draft = join(directory, 'data.initialising')
  rmSync(draft, { recursive: true, force: true })
  const args = [
    `--pgdata=${draft}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${join(directory, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    ...(durable ? [] : ['--no-sync']),
  ]
  const program = prefixed(way.prefix, join(binaries, 'initdb'), args)
  const { uid, gid } = way
  const owner = uid === undefined || gid === undefined ? {} : { uid, gid }
  const made = await runTool(program.command, program.args, {
    timeoutMs: INITDB_TIMEOUT_MS,
    cwd: '/',
    ...owner,
  })
  if (made.code !== 0)
    throw new LocalError('child-failed', 'initdb could not make a Postgres cluster', made.stderr)
  renameSync(draft, join(directory, 'data'))
}

/**
 * Postgres refuses to start when the process named by the lock of a killed server runs, and after a restart of
 * the machine that number may be anybody's. Only a lock that names a process that is not ours is removed:
 * one of a dead process also guards the shared memory, and Postgres handles it itself.
 */
function removeForeignLock(directory: string): void {
  const lock = join(directory, 'data', 'postmaster.pid')
  const pidFile = join(directory, 'postgres.pid')
  if (!existsSync(lock)) return
  const pid = Number(readFileSync(lock, 'utf8').split('\n', 1)[0])
  const ours = existsSync(pidFile) ? parseIdentity(readFileSync(pidFile, 'utf8')) : undefined
  const isOurs = ours?.pid === pid && isRunning(ours)
  if (identify(pid) !== undefined && !isOurs) rmSync(lock)
}

async function ensureDatabase(serverUrl: string): Promise<void> {
  const found = await runSql(serverUrl, 'SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
  if (found.length === 0) await createDatabase(serverUrl, DATABASE)
}

async function startOn(
  port: number,
  options: PostgresOptions,
  binaries: string,
  way: Unprivileged,
): Promise<Postgres> {
  const { directory, durable = true } = options
  const settings = [
    ...SETTINGS,
    ...(options.settings ?? []),
    `port=${String(port)}`,
    ...(durable ? [] : FAST_SETTINGS),
  ]
  const args = ['-D', join(directory, 'data'), ...settings.flatMap((setting) => ['-c', setting])]
  const { uid, gid } = way
  const child = await startChild({
    name: 'Postgres',
    ...prefixed(way.prefix, join(binaries, 'postgres'), args),
    cwd: '/',
    env: serviceEnvironment(),
    ...(uid === undefined || gid === undefined ? {} : { uid, gid }),
    logFile: options.logFile ?? join(directory, 'postgres.log'),
    pidFile: join(directory, 'postgres.pid'),
    // SIGTERM would wait until every client has gone by itself.
    stopSignal: 'SIGINT',
  })
  const password = encodeURIComponent(secretFile(join(directory, 'password')))
  const serverUrl = `postgresql://${SUPERUSER}:${password}@${LOOPBACK}:${String(port)}/postgres`
  const isReady = async () => (await runSql(serverUrl, 'SELECT 1')).length === 1
  try {
    await waitUntil(isReady, { what: 'Postgres', timeoutMs: READY_TIMEOUT_MS, child, signal: options.signal })
    await ensureDatabase(serverUrl)
  } catch (error) {
    await child.stop()
    throw error
  }
  return { url: databaseUrl(serverUrl, DATABASE), port, child, stop: () => child.stop() }
}

/**
 * Starts the real Postgres server that npm brought, on 127.0.0.1 alone, and makes sure that it has the
 * database `headframe`. Root runs it as an unprivileged user.
 * @throws LocalError
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { directory, port, durable = true } = options
  if (port !== undefined && !(await isPortFree(port))) {
    throw new LocalError('port-in-use', `port ${String(port)} is in use (Postgres)`)
  }
  const binaries = postgresBinaries()
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  secretFile(join(directory, 'password'))
  const way = await runUnprivileged(join(binaries, 'postgres'), directory)
  if (!existsSync(join(directory, 'data', 'PG_VERSION'))) await initialise(binaries, directory, way, durable)
  removeForeignLock(directory)
  if (port === undefined) return onFreePort((free) => startOn(free, options, binaries, way))
  if (!(await isPortFree(port)))
    throw new LocalError('port-in-use', `port ${String(port)} is in use (Postgres)`)
  return startOn(port, options, binaries, way)
}
