import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bitcoinRpc, type Rpc } from '@headframe/local/bitcoin-rpc'
import { freeRowOfPorts, freePort } from '@headframe/local/free-port'
import { newDataDirectory, STRATUM_PORTS, UpRun } from './up-run.js'

const run = promisify(execFile)

/** A pool that was started with `npm run up`, on ports and a folder of its own, without its demo miners. */
export interface Stack {
  readonly webUrl: string
  readonly stratumPort: number
  /** The node's RPC, with its wallet. */
  readonly rpc: Rpc
  /** `npm run payouts` with these arguments, by the settings of the pool; what it says. */
  payouts(...args: readonly string[]): Promise<string>
  /** The same of `npm run operators`. */
  operators(...args: readonly string[]): Promise<string>
  /** SIGTERM, and the exit code. Every process of the pool is gone when it resolves. */
  stop(): Promise<number | null>
}

/** `environment` names what is there already and need not be started, such as BITCOIND_URLS. */
export async function startStack(environment: Readonly<Record<string, string>> = {}): Promise<Stack> {
  const dataDirectory = await newDataDirectory()
  const [webPort, stratumPort] = [await freePort(), await freeRowOfPorts(STRATUM_PORTS)]
  const ports = ['--web-port', String(webPort), '--stratum-port', String(stratumPort)]
  const up = new UpRun(['--data', dataDirectory, ...ports, '--no-miner'], environment)
  await up.isReady()
  const command = async (program: string, args: readonly string[]): Promise<string> => {
    const env = Object.fromEntries(settingsOf(join(dataDirectory, 'logs', 'settle.pid')))
    const file = fileURLToPath(new URL(`../apps/engine/dist/${program}.js`, import.meta.url))
    return (await run(process.execPath, [file, ...args], { env })).stdout
  }
  return {
    webUrl: `http://127.0.0.1:${webPort}`,
    stratumPort,
    rpc: bitcoinRpc(firstNodeOf(settingsOf(join(dataDirectory, 'logs', 'serve.pid')))),
    payouts: (...args) => command('payouts', args),
    operators: (...args) => command('operators', args),
    async stop() {
      up.child.kill('SIGTERM')
      const code = await up.exited
      await rm(dataDirectory, { recursive: true, force: true })
      return code
    },
  }
}

/** The URL stands before all that is said of it. */
const firstNodeOf = (settings: Map<string, string>): string =>
  settings.get('BITCOIND_URLS')!.split(' ', 1)[0]!

/** What a running process was configured with. */
function settingsOf(pidFile: string): Map<string, string> {
  const { pid } = JSON.parse(readFileSync(pidFile, 'utf8')) as { pid: number }
  const lines = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}
