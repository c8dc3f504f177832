import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { formatBitcoinNodes, type BitcoinNode } from '@headframe/core/node/bitcoin-nodes'
import { startChild, type Child } from '@headframe/local/child'
import { WALLET } from '@headframe/local/prepare-wallet'
import { runSql } from '@headframe/local/sql'
import { waitUntil } from '@headframe/local/wait-until'
import type { FolderState } from './data-folder.js'
import { childEnvironment, hasFppsReserve } from './env.js'
import type { UpOptions } from './options.js'
import { acceptsConnections, authority, reachableHost, servesPage } from './probe.js'
import type { ServiceModules } from './services.js'
import { UpError } from './up-error.js'

/** What the pool's own programs are configured with. */
export interface PoolSettings {
  readonly options: UpOptions
  readonly databaseUrl: string
  readonly redisUrl: string
  readonly nodes: readonly BitcoinNode[]
  readonly state: FolderState
  readonly poolAddress: string
}

interface Program {
  /** For messages. */
  readonly name: string
  /** The name of its log. */
  readonly log: string
  readonly file: string
  readonly args?: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  /** Without one, it counts as running when it has not ended at once. */
  readonly isReady?: () => Promise<boolean>
}

const STEADY_AFTER_MS = 1_000
const READY_TIMEOUT_MS = 60_000

/**
 * On regtest half of all hashes meet the network target, so every share of a sane difficulty is a block. The demo
 * therefore starts its miners at some 43,000 hashes a share and lets vardiff bring each to three shares a minute:
 * with two of them the pool finds a block about every ten seconds.
 */
const DEMO_PORT = 'difficulty=1e-5 shares-per-minute=3'

/**
 * In units of the network difficulty, which on regtest is two hashes: the usual few units would be less than one
 * share. This many are about a minute of the demo's miners, so that a block is split over several shares.
 */
const DEMO_PPLNS_WINDOW = '1000000'

/** Sessions are spread over processes, but a demo needs no process for each core. */
const DEMO_STRATUM_PROCESSES = '2'
/** Nobody watches a demonstration for an hour. */
const DEMO_PAYOUT_EVERY_MINUTES = '1'

/** Slow enough to leave the machine to its owner; different, so that shares and earnings differ. */
const DEMO_HASHRATES = ['20k', '10k']

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

const MIGRATIONS = inRepository('packages/db/prisma/migrations')

/** Starts one of the pool's programs, keeps it running, and says when it is ready. */
function bringUp(program: Program, { folder, keepers, terminal, signal }: ServiceModules): Promise<void> {
  const { name, log, file, args = [], environment: env, isReady } = program
  const start = async (): Promise<Child> => {
    const child = await startChild({
      name,
      command: process.execPath,
      args: [file, ...args],
      env,
      logFile: folder.logFile(log),
      pidFile: folder.folder(`logs/${log}.pid`),
    })
    try {
      if (isReady === undefined) await Promise.race([child.exited, sleep(STEADY_AFTER_MS)])
      else await waitUntil(isReady, { what: name, timeoutMs: READY_TIMEOUT_MS, child, signal })
      if (child.hasExited()) throw child.failure()
      return child
    } catch (error) {
      await child.stop()
      throw error
    }
  }
  return terminal.step(name, async () => {
    await keepers.add({ name, start })
    return { says: isReady === undefined ? 'runs' : 'ready', value: undefined }
  })
}

function stratumPorts({ options: { stratumPort }, state }: PoolSettings): string {
  const demo = state.chain === 'regtest' ? ` ${DEMO_PORT}` : ''
  const modes = hasFppsReserve() ? ['pplns', 'solo', 'fpps'] : ['pplns', 'solo']
  return modes.map((mode, index) => `${stratumPort + index} mode=${mode}${demo}`).join('; ')
}

function walletOf(node: BitcoinNode): string {
  const url = new URL(`/wallet/${WALLET}`, node.url).href
  return formatBitcoinNodes([{ ...node, url, hashblockUrl: undefined, rawblockUrl: undefined }])
}

/** The environment of `serve` and `settle`, as production would set it. */
function engineEnvironment(settings: PoolSettings, dataDirectory: string): NodeJS.ProcessEnv {
  const { nodes, options } = settings
  const demo = {
    PPLNS_WINDOW: DEMO_PPLNS_WINDOW,
    STRATUM_PROCESSES: DEMO_STRATUM_PROCESSES,
    PAYOUT_EVERY_MINUTES: DEMO_PAYOUT_EVERY_MINUTES,
    // Only the demonstration's own wallet is ever paid from.
    ...(settings.state.addresses === null ? {} : { PAYOUT_WALLET_URL: walletOf(nodes[0]!) }),
  }
  return childEnvironment(
    {
      NODE_ENV: 'production',
      DATA_DIR: dataDirectory,
      DATABASE_URL: settings.databaseUrl,
      REDIS_URL: settings.redisUrl,
      BITCOIND_URLS: formatBitcoinNodes(nodes),
      POOL_ADDRESS: settings.poolAddress,
      STRATUM_HOST: options.host,
      STRATUM_PORTS: stratumPorts(settings),
      WEB_PUBLIC_URL: `http://${authority(reachableHost(options.host), options.webPort)}/`,
    },
    settings.state.chain === 'regtest' ? demo : {},
  )
}

/** `settle` brings the database up to date when it starts, and the dashboard needs its tables. */
async function isMigrated(databaseUrl: string): Promise<boolean> {
  const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const finished = await runSql(databaseUrl, 'SELECT 1 FROM _prisma_migrations WHERE finished_at IS NOT NULL')
  return finished.length >= folders.length
}

/** The engine's two programs. */
export async function bringUpEngine(settings: PoolSettings, modules: ServiceModules): Promise<void> {
  const environment = engineEnvironment(settings, modules.folder.folder('engine'))
  const { host, stratumPort } = settings.options
  const engine = (program: string): string => inRepository(`apps/engine/dist/${program}.js`)
  const isSettling = (): Promise<boolean> => isMigrated(settings.databaseUrl)
  const isServing = (): Promise<boolean> => acceptsConnections(reachableHost(host), stratumPort)
  const settle = {
    name: 'Settlement',
    log: 'settle',
    file: engine('settle'),
    environment,
    isReady: isSettling,
  }
  await bringUp(settle, modules)
  const serve = { name: 'Stratum', log: 'serve', file: engine('serve'), environment, isReady: isServing }
  await bringUp(serve, modules)
}

export function bringUpWeb(
  { options, databaseUrl, redisUrl }: PoolSettings,
  modules: ServiceModules,
): Promise<void> {
  const { host, webPort } = options
  const environment = childEnvironment({
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    WEB_HOST: host,
    WEB_PORT: String(webPort),
    CONSOLE_KEY_FILE: modules.folder.folder('web/console.key'),
  })
  const url = `http://${authority(reachableHost(host), webPort)}/`
  const file = inRepository('apps/web/scripts/web.mjs')
  return bringUp(
    { name: 'Dashboard', log: 'web', file, environment, isReady: () => servesPage(url) },
    modules,
  )
}

/** Two miners like any from outside: they know the pool by its Stratum port alone. */
export async function bringUpMiners(settings: PoolSettings, modules: ServiceModules): Promise<void> {
  const { host, stratumPort } = settings.options
  const url = `stratum+tcp://${authority(reachableHost(host), stratumPort)}`
  const file = inRepository('packages/miner/dist/mine.js')
  for (const [index, address] of (settings.state.addresses?.miners ?? []).entries()) {
    const user = `${address}.demo${index + 1}`
    const args = ['--url', url, '--user', user, '--hashrate', DEMO_HASHRATES[index % DEMO_HASHRATES.length]!]
    const name = `Miner ${index + 1}`
    await bringUp({ name, log: `miner-${index + 1}`, file, args, environment: childEnvironment({}) }, modules)
  }
}

/** Whom blocks pay: the given address, or the demonstration's. Throws UpError where there is neither. */
export function poolAddressOf(given: string | undefined, { chain, addresses }: FolderState): string {
  const address = given ?? addresses?.pool
  if (address !== undefined) return address
  throw new UpError(
    `The node is on ${chain}: set POOL_ADDRESS to the address that the pool's blocks shall pay to.`,
  )
}
