import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bitcoinRpc, type Rpc } from './bitcoin-rpc.js'
import { startChild, type Child } from './child.js'
import { unpackDebianPackage, type DebianPackage, type Program } from './debian-package.js'
import { searchPath, serviceEnvironment } from './env.js'
import { findProgram } from './find-program.js'
import { isPortFree, LOOPBACK, onFreePort } from './free-port.js'
import { LocalError } from './local-error.js'
import { prepareWallet } from './prepare-wallet.js'
import { secretFile } from './secret-file.js'
import type { Starting } from './starting.js'
import { waitUntil } from './wait-until.js'

export interface BitcoindOptions extends Starting {
  /** Its own folder; the chain of an earlier start is continued. */
  readonly directory: string
  /** Where a node that has to be unpacked is kept. */
  readonly packagesDirectory: string
  /**
   * regtest (the default), matured on the first start; or a testnet4 that talks to nobody, whose network
   * difficulty is 1: a share at a small difficulty is then not a block.
   */
  readonly chain?: 'regtest' | 'testnet4'
  /** Default: a free one. */
  readonly rpcPort?: number
  /** Default: a free one; the same one again keeps subscribers over a restart. */
  readonly zmqPort?: number
  /** Default `<directory>/bitcoind.log`. */
  readonly logFile?: string
  /** Further flags, e.g. `-blockmaxweight=400000`. */
  readonly args?: readonly string[]
}

export interface Bitcoind {
  /** http://user:password@127.0.0.1:port */
  readonly url: string
  /** tcp://127.0.0.1:port, where `hashblock` is published; `rawblock` at the same place. */
  readonly zmqHashblockUrl: string
  readonly zmqRawblockUrl: string
  readonly rpcPort: number
  readonly zmqPort: number
  readonly rpc: Rpc
  readonly child: Child
  stop(): Promise<void>
}

const RPC_USER = 'headframe'
const READY_TIMEOUT_MS = 120_000
/** It writes its whole state on the way out. */
const STOP_TIMEOUT_MS = 60_000

/**
 * It writes what it knows to disk about once an hour, and after a crash asks its peers for the rest. Here nobody
 * else has the chain, so it is made to write more often.
 */
const FLUSH_EVERY_MS = 10_000

/** bookworm has no node; the development release has one, signed like every other package. */
const PACKAGE: DebianPackage = {
  name: 'bitcoin',
  suite: 'sid',
  packages: ['bitcoin-knots'],
  program: 'usr/bin/bitcoind',
}

/** Nobody is connected to, and nobody may connect. */
const ALONE = ['-listen=0', '-connect=0', '-dnsseed=0', '-fixedseeds=0', '-natpmp=0']

async function findBitcoind(options: BitcoindOptions): Promise<Program> {
  const found = findProgram(['bitcoind'], searchPath())
  if (found !== undefined) return { command: found, args: [] }
  try {
    return await unpackDebianPackage(PACKAGE, options.packagesDirectory, options)
  } catch (error) {
    if (!(error instanceof LocalError) || error.code !== 'cannot-install') throw error
    const advice =
      'Put a bitcoind (Bitcoin Core or Knots) on the PATH, or set BITCOIND_URLS to a running node.'
    throw new LocalError('cannot-install', `There is no Bitcoin node: ${error.message}`, advice)
  }
}

/** The form of share/rpcauth/rpcauth.py: the file holds only a salted HMAC of the password. */
function rpcAuth(password: string): string {
  const salt = randomBytes(16).toString('hex')
  return `${RPC_USER}:${salt}$${createHmac('sha256', salt).update(password).digest('hex')}`
}

function flags(options: BitcoindOptions, rpcPort: number, zmqUrl: string): string[] {
  return [
    `-${options.chain ?? 'regtest'}`,
    `-datadir=${options.directory}`,
    '-server=1',
    `-rpcbind=${LOOPBACK}`,
    `-rpcallowip=${LOOPBACK}`,
    `-rpcport=${String(rpcPort)}`,
    '-rpcthreads=8',
    '-rpcworkqueue=128',
    `-zmqpubhashblock=${zmqUrl}`,
    `-zmqpubrawblock=${zmqUrl}`,
    // Nothing is known of fees on a chain of one's own.
    '-fallbackfee=0.00002',
    '-printtoconsole=1',
    '-nodebuglogfile',
    '-dbcache=64',
    ...ALONE,
    ...(options.args ?? []),
  ]
}

interface Ports {
  readonly rpcPort: number
  readonly zmqPort: number
}

async function startOn(
  { rpcPort, zmqPort }: Ports,
  options: BitcoindOptions,
  program: Program,
): Promise<Bitcoind> {
  const { directory } = options
  const password = secretFile(join(directory, 'rpc-password'))
  writeFileSync(join(directory, 'bitcoin.conf'), `rpcauth=${rpcAuth(password)}\n`, { mode: 0o600 })
  const zmqUrl = `tcp://${LOOPBACK}:${String(zmqPort)}`
  const child = await startChild({
    name: 'bitcoind',
    command: program.command,
    args: [...program.args, ...flags(options, rpcPort, zmqUrl)],
    cwd: directory,
    env: { ...serviceEnvironment(), HOME: directory },
    logFile: options.logFile ?? join(directory, 'bitcoind.log'),
    pidFile: join(directory, 'bitcoind-child.pid'),
    stopTimeoutMs: STOP_TIMEOUT_MS,
  })
  const url = `http://${RPC_USER}:${password}@${LOOPBACK}:${String(rpcPort)}`
  const rpc = bitcoinRpc(url)
  try {
    await waitUntil(() => rpc('getblockchaininfo'), {
      what: 'bitcoind',
      timeoutMs: READY_TIMEOUT_MS,
      child,
      signal: options.signal,
    })
    await prepareWallet(rpc)
  } catch (error) {
    await child.stop()
    throw error
  }
  flushRegularly(rpc, child)
  const zmq = { zmqHashblockUrl: zmqUrl, zmqRawblockUrl: zmqUrl }
  return { url, ...zmq, rpcPort, zmqPort, rpc, child, stop: () => child.stop() }
}

/** gettxoutsetinfo flushes the chain state and the block index first (src/rpc/blockchain.cpp). */
function flushRegularly(rpc: Rpc, child: Child): void {
  const flush = (): void => void rpc('gettxoutsetinfo', ['none']).catch(() => undefined)
  const timer = setInterval(flush, FLUSH_EVERY_MS)
  timer.unref()
  void child.exited.then(() => clearInterval(timer))
}

/** Starts on that port, or on any that is free when none is given. */
async function onPort(
  given: number | undefined,
  start: (port: number) => Promise<Bitcoind>,
): Promise<Bitcoind> {
  if (given === undefined) return onFreePort(start)
  if (!(await isPortFree(given)))
    throw new LocalError('port-in-use', `port ${String(given)} is in use (bitcoind)`)
  return start(given)
}

/**
 * Starts a Bitcoin node that is alone on its chain: the one on the PATH, else the distribution's, unpacked.
 * Its wallet `headframe` is loaded, and on regtest it can spend.
 * @throws LocalError `cannot-install` when there is no node to be had
 */
export async function startBitcoind(options: BitcoindOptions): Promise<Bitcoind> {
  const program = await findBitcoind(options)
  mkdirSync(options.directory, { recursive: true, mode: 0o700 })
  return onPort(options.rpcPort, (rpcPort) =>
    onPort(options.zmqPort, (zmqPort) => startOn({ rpcPort, zmqPort }, options, program)),
  )
}
