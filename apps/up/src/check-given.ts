import { parseBitcoinNodes, type BitcoinNode } from '@headframe/core/node/bitcoin-nodes'
import { bitcoinRpc } from '@headframe/local/bitcoin-rpc'
import { runSql } from '@headframe/local/sql'
import type { DataFolder } from './data-folder.js'
import type { GivenServices } from './env.js'
import { identifyChain, reachGivenNode, urlWithCredentials } from './node-access.js'
import { acceptsConnections } from './probe.js'
import { UpError } from './up-error.js'

const REDIS_PORT = 6379

/** What was given, found usable. */
export interface CheckedServices {
  readonly databaseUrl: string | undefined
  readonly redisUrl: string | undefined
  readonly nodes: readonly BitcoinNode[] | undefined
  readonly poolAddress: string | undefined
}

/**
 * Tries what is set in the environment, before anything is downloaded or started. Throws UpError, which names the
 * variable.
 */
export async function checkGiven(given: GivenServices, folder: DataFolder): Promise<CheckedServices> {
  const { databaseUrl, redisUrl, bitcoindUrls, poolAddress } = given
  if (databaseUrl !== undefined) await checkDatabase(databaseUrl)
  if (redisUrl !== undefined) await checkRedis(redisUrl)
  const nodes = bitcoindUrls === undefined ? undefined : await checkNodes(bitcoindUrls, folder)
  return { databaseUrl, redisUrl, nodes, poolAddress }
}

async function checkNodes(text: string, folder: DataFolder): Promise<BitcoinNode[]> {
  const nodes = await Promise.all(readNodes(text).map(reachGivenNode))
  for (const node of nodes)
    await identifyChain(bitcoinRpc(urlWithCredentials(node)), folder.readState(), folder.path)
  return nodes
}

function readNodes(text: string): BitcoinNode[] {
  try {
    return parseBitcoinNodes(text)
  } catch (error) {
    throw new UpError(`BITCOIND_URLS: ${(error as Error).message}`)
  }
}

async function checkDatabase(url: string): Promise<void> {
  try {
    await runSql(url, 'SELECT 1')
  } catch (error) {
    throw new UpError(`DATABASE_URL: the database cannot be used: ${(error as Error).message}`)
  }
}

async function checkRedis(url: string): Promise<void> {
  if (!URL.canParse(url)) throw new UpError('REDIS_URL is not a URL such as redis://127.0.0.1:6379')
  const { hostname, port, host } = new URL(url)
  if (!(await acceptsConnections(hostname, Number(port || REDIS_PORT)))) {
    throw new UpError(`REDIS_URL: nothing answers at ${host}`)
  }
}
