import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bitcoinRpc, type Rpc } from '@headframe/local/bitcoin-rpc'
import { freePort, isPortFree } from '@headframe/local/free-port'

/** A pool that was started with `npm run up`, on ports and a folder of its own. */
export interface Stack {
  readonly webUrl: string
  readonly stratumPort: number
  readonly databaseUrl: string
  /** The node's RPC, with its wallet. */
  readonly rpc: Rpc
  /** All that `up` has printed. */
  output(): string
  /** SIGTERM, and the exit code. Every process of the pool is gone when it resolves. */
  stop(): Promise<number | null>
}

const UP = fileURLToPath(new URL('../scripts/up.mjs', import.meta.url))
const READY = 'Ctrl-C stops everything.'
const START_TIMEOUT_MS = 180_000

/** `environment` names what is there already and need not be started, such as BITCOIND_URL. */
export async function startStack(environment: Readonly<Record<string, string>> = {}): Promise<Stack> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'headframe-e2e-'))
  // Postgres runs as another user when this is root.
  await chmod(dataDirectory, 0o711)
  const [webPort, stratumPort] = [await freePort(), await freePairOfPorts()]
  const options = [
    '--data',
    dataDirectory,
    '--web-port',
    String(webPort),
    '--stratum-port',
    String(stratumPort),
  ]
  const child = spawn(process.execPath, [UP, ...options, '--no-miner'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await waitFor(child, () => output)
  const settings = environmentOf(join(dataDirectory, 'logs', 'serve.pid'))
  return {
    webUrl: `http://127.0.0.1:${webPort}`,
    stratumPort,
    databaseUrl: settings.get('DATABASE_URL')!,
    rpc: bitcoinRpc(settings.get('BITCOIND_URL')!),
    output: () => output,
    async stop() {
      const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      const code = await exited
      await rm(dataDirectory, { recursive: true, force: true })
      return code
    },
  }
}

function waitFor(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`npm run up ${why}:\n${output()}`))
    const timer = setTimeout(() => fail('is not ready'), START_TIMEOUT_MS)
    child.once('exit', (code) => fail(`ended with ${String(code)}`))
    child.stdout?.on('data', () => {
      if (!output().includes(READY)) return
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Shared mining takes a port, solo mining the one above it. */
async function freePairOfPorts(): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (await isPortFree(port + 1)) return port
  }
}

/** What a running process was configured with. */
function environmentOf(pidFile: string): Map<string, string> {
  const { pid } = JSON.parse(readFileSync(pidFile, 'utf8')) as { pid: number }
  const lines = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))
}
