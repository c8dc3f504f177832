import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { startChild, type Child } from './child.js'
import { unpackDebianPackage, type DebianPackage, type Program } from './debian-package.js'
import { searchPath, serviceEnvironment } from './env.js'
import { findProgram } from './find-program.js'
import { isPortFree, LOOPBACK, onFreePort } from './free-port.js'
import { LocalError } from './local-error.js'
import { secretFile } from './secret-file.js'
import type { Starting } from './starting.js'
import { waitUntil } from './wait-until.js'

export interface RedisOptions extends Starting {
  /** Its own folder; data from an earlier start is continued. */
  readonly directory: string
  /** Where a server that has to be unpacked is kept. */
  readonly packagesDirectory: string
  /** Default: a free one. */
  readonly port?: number
  /** Default `<directory>/redis.log`. */
  readonly logFile?: string
}

export interface Redis {
  /** redis://:password@127.0.0.1:port */
  readonly url: string
  readonly port: number
  readonly child: Child
  stop(): Promise<void>
}

const READY_TIMEOUT_MS = 60_000
const PING_TIMEOUT_MS = 2_000

const PACKAGE: DebianPackage = {
  name: 'redis',
  suite: 'own',
  // redis-server's program is a link to one in redis-tools.
  packages: ['redis-server', 'redis-tools'],
  program: 'usr/bin/redis-server',
}

async function findRedis(options: RedisOptions): Promise<Program> {
  const found = findProgram(['redis-server', 'valkey-server'], searchPath())
  if (found !== undefined) return { command: found, args: [] }
  try {
    return await unpackDebianPackage(PACKAGE, options.packagesDirectory, options)
  } catch (error) {
    if (!(error instanceof LocalError) || error.code !== 'cannot-install') throw error
    const advice = 'Install redis-server or valkey-server, or set REDIS_URL to a running one.'
    throw new LocalError('cannot-install', `There is no Redis: ${error.message}`, advice)
  }
}

/**
 * A queue must survive a restart (append-only file, synced every second) and must never lose a key to memory
 * pressure (noeviction). The file keeps the password out of the process list.
 */
function configuration(directory: string, port: number, password: string): string {
  return [
    `bind ${LOOPBACK}`,
    `port ${String(port)}`,
    `dir ${JSON.stringify(directory)}`,
    `requirepass ${password}`,
    'daemonize no',
    'save ""',
    'appendonly yes',
    'appendfsync everysec',
    'aof-load-truncated yes',
    'maxmemory-policy noeviction',
    '',
  ].join('\n')
}

/** Whether the server answers PING: it does not while it loads its data. */
function ping(port: number, password: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, LOOPBACK, () => socket.write(`AUTH ${password}\r\nPING\r\n`))
    let answer = ''
    socket.setTimeout(PING_TIMEOUT_MS, () => socket.destroy(new Error('Redis does not answer')))
    socket.once('error', reject)
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text
      if (answer.split('\r\n').length < 3) return
      socket.destroy()
      resolve(answer.includes('+PONG'))
    })
    socket.once('close', () => resolve(false))
  })
}

async function startOn(port: number, options: RedisOptions, program: Program): Promise<Redis> {
  const { directory } = options
  const password = secretFile(join(directory, 'password'))
  const file = join(directory, 'redis.conf')
  writeFileSync(file, configuration(directory, port, password), { mode: 0o600 })
  const child = await startChild({
    name: 'Redis',
    command: program.command,
    args: [...program.args, file],
    cwd: directory,
    env: serviceEnvironment(),
    logFile: options.logFile ?? join(directory, 'redis.log'),
    pidFile: join(directory, 'redis.pid'),
  })
  try {
    await waitUntil(() => ping(port, password), {
      what: 'Redis',
      timeoutMs: READY_TIMEOUT_MS,
      child,
      signal: options.signal,
    })
  } catch (error) {
    await child.stop()
    throw error
  }
  return { url: `redis://:${password}@${LOOPBACK}:${String(port)}`, port, child, stop: () => child.stop() }
}

/**
 * Starts a Redis (or Valkey) server on 127.0.0.1: the one on the PATH, else the distribution's, unpacked.
 * @throws LocalError `cannot-install` when the machine has neither
 */
export async function startRedis(options: RedisOptions): Promise<Redis> {
  const program = await findRedis(options)
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  const { port } = options
  if (port === undefined) return onFreePort((free) => startOn(free, options, program))
  if (!(await isPortFree(port))) throw new LocalError('port-in-use', `port ${String(port)} is in use (Redis)`)
  return startOn(port, options, program)
}
