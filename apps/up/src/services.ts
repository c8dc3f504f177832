import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BitcoinNode } from '@headframe/core/node/bitcoin-nodes'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import type { Child } from '@headframe/local/child'
import { startPostgres, type Postgres } from '@headframe/local/postgres'
import { startRedis, type Redis } from '@headframe/local/redis'
import type { CheckedServices } from './check-given.js'
import type { DataFolder } from './data-folder.js'
import type { Keepers } from './keepers.js'
import type { Terminal } from './terminal.js'

export interface ServiceModules {
  readonly folder: DataFolder
  readonly given: CheckedServices
  readonly keepers: Keepers
  readonly terminal: Terminal
  readonly signal: AbortSignal
}

/** Where a clone keeps what it has unpacked once, for all its data folders. */
const SHARED_PACKAGES = fileURLToPath(new URL('../../../.headframe/packages', import.meta.url))

/** Programs are unpacked into the data folder, unless the repository's own has the program already. */
function packagesDirectory(folder: DataFolder, name: string): string {
  return existsSync(join(SHARED_PACKAGES, name)) ? SHARED_PACKAGES : folder.folder('packages')
}

/**
 * Keeps a service of ours running. Whoever depends on it knows its ports from its first start, so each later start
 * has to take the same.
 */
async function keepService<T extends { readonly child: Child }>(
  name: string,
  keepers: Keepers,
  start: (earlier: T | undefined) => Promise<T>,
): Promise<T> {
  let current: T | undefined
  const startNext = async (): Promise<Child> => (current = await start(current)).child
  await keepers.add({ name, start: startNext })
  return current!
}

/** The database's URL: the given one, or that of a Postgres of our own. */
export function bringUpDatabase({
  folder,
  given,
  keepers,
  terminal,
  signal,
}: ServiceModules): Promise<string> {
  return terminal.step('Postgres', async () => {
    if (given.databaseUrl !== undefined) {
      return { says: 'as given by DATABASE_URL', value: given.databaseUrl }
    }
    const options = { directory: folder.folder('postgres'), logFile: folder.logFile('postgres'), signal }
    const start = (earlier: Postgres | undefined): Promise<Postgres> =>
      startPostgres(earlier === undefined ? options : { ...options, port: earlier.port })
    const { url, port } = await keepService('Postgres', keepers, start)
    return { says: `ready on port ${port}`, value: url }
  })
}

/** Redis's URL: the given one, or that of a server of our own. */
export function bringUpRedis({ folder, given, keepers, terminal, signal }: ServiceModules): Promise<string> {
  return terminal.step('Redis', async () => {
    if (given.redisUrl !== undefined) {
      return { says: 'as given by REDIS_URL', value: given.redisUrl }
    }
    const options = {
      directory: folder.folder('redis'),
      packagesDirectory: packagesDirectory(folder, 'redis'),
      logFile: folder.logFile('redis'),
      onProgress: (line: string) => terminal.say(`  ${line}`),
      signal,
    }
    const start = (earlier: Redis | undefined): Promise<Redis> =>
      startRedis(earlier === undefined ? options : { ...options, port: earlier.port })
    const { url, port } = await keepService('Redis', keepers, start)
    return { says: `ready on port ${port}`, value: url }
  })
}

/** The nodes that were given, or a regtest node of our own. */
export function bringUpNodes({
  folder,
  given,
  keepers,
  terminal,
  signal,
}: ServiceModules): Promise<readonly BitcoinNode[]> {
  return terminal.step('Bitcoin node', async () => {
    if (given.nodes !== undefined) return { says: 'as given by BITCOIND_URLS', value: given.nodes }
    const options = {
      directory: folder.folder('bitcoin'),
      packagesDirectory: packagesDirectory(folder, 'bitcoin'),
      logFile: folder.logFile('bitcoind'),
      onProgress: (line: string) => terminal.say(`  ${line}`),
      signal,
    }
    const start = (earlier: Bitcoind | undefined): Promise<Bitcoind> =>
      startBitcoind(
        earlier === undefined ? options : { ...options, rpcPort: earlier.rpcPort, zmqPort: earlier.zmqPort },
      )
    const { url, zmqHashblockUrl, zmqRawblockUrl, rpcPort } = await keepService('bitcoind', keepers, start)
    const node = {
      name: 'local',
      url,
      cookieFile: undefined,
      hashblockUrl: zmqHashblockUrl,
      rawblockUrl: zmqRawblockUrl,
    }
    return { says: `regtest, ready on port ${rpcPort}`, value: [node] }
  })
}
