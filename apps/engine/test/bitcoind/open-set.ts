import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NETWORKS, type Network } from '@headframe/core/chain/network'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { NO_COST } from '@headframe/core/template/fit-transactions'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import { onFreePort } from '@headframe/local/free-port'
import { testServices } from '@headframe/local/testing/services'
import { onTestFinished } from 'vitest'
import { Registry } from 'prom-client'
import type { NodeSet } from '../../src/bitcoind/node-set.js'
import { openNodes } from '../../src/bitcoind/open-nodes.js'
import type { Work } from '../../src/bitcoind/work.js'
import { parseEngineOptions } from '../../src/env.js'
import { NodeMetrics } from '../../src/metrics/node-metrics.js'
import { openNodeSet } from '../../src/processes/open-node-set.js'
import { silent } from '../journal/journal-fixture.js'
import { until } from '../until.js'

/** A node that others can be connected to, and that can be stopped and started again where it was. */
export interface TestNode {
  readonly node: Bitcoind
  /** For `addnode`. */
  readonly peer: string
  restart(): Promise<void>
}

export async function startNode(chain: 'regtest' | 'testnet4' = 'regtest'): Promise<TestNode> {
  const directory = await mkdtemp(join(tmpdir(), 'headframe-node-'))
  return onFreePort((peerPort) => startAt(directory, `127.0.0.1:${peerPort}`, chain))
}

async function startAt(directory: string, peer: string, chain: 'regtest' | 'testnet4'): Promise<TestNode> {
  const { packagesDirectory } = testServices()
  const args = ['-listen=1', `-bind=${peer}`, '-listenonion=0']
  const start = (ports: Partial<Pick<Bitcoind, 'rpcPort' | 'zmqPort'>>) =>
    startBitcoind({ directory, packagesDirectory, chain, args, ...ports })
  const test = { node: await start({}), peer, restart }
  async function restart(): Promise<void> {
    const { rpcPort, zmqPort } = test.node
    test.node = await start({ rpcPort, zmqPort })
  }
  onTestFinished(async () => {
    await test.node.stop()
    await rm(directory, { recursive: true, force: true })
  })
  return test
}

/** Connects two nodes and waits until they agree. */
export async function connect(from: TestNode, to: TestNode): Promise<void> {
  await from.node.rpc('setnetworkactive', [true])
  await from.node.rpc('addnode', [to.peer, 'onetry'])
  await until(async () => (await tipOfNode(from)) === (await tipOfNode(to)))
}

/** A block that is found from now on does not come to it: what was underway to it has come or is lost. */
export async function cutOff({ node }: TestNode): Promise<void> {
  await node.rpc('setnetworkactive', [false])
  await until(async () => (await node.rpc<number>('getconnectioncount')) === 0)
}

export const tipOfNode = ({ node }: TestNode): Promise<string> => node.rpc<string>('getbestblockhash')

export async function mine({ node }: TestNode, count = 1): Promise<string> {
  const address = await node.rpc<string>('getnewaddress')
  const hashes = await node.rpc<string[]>('generatetoaddress', [count, address])
  return hashes.at(-1)!
}

export interface OpenSet {
  readonly set: NodeSet
  /** All that was handed out, the newest last. */
  readonly works: Work[]
  /** Reasons for which miners were sent away. */
  readonly noWork: string[]
  readonly registry: Registry
  /** What time it is for the set. */
  readonly clock: { aheadMs: number }
}

export interface OpenSetOptions {
  readonly network?: Network
  /** What a node is called, `a`, `b` and so on, and how it is reached: with ZMQ unless told otherwise. */
  readonly reach?: (node: Bitcoind) => string
  readonly settings?: Readonly<Record<string, string>>
}

const withZmq = ({ url, zmqHashblockUrl, zmqRawblockUrl }: Bitcoind): string =>
  `${url} hashblock=${zmqHashblockUrl} rawblock=${zmqRawblockUrl}`

export async function openSet(nodes: readonly TestNode[], options: OpenSetOptions = {}): Promise<OpenSet> {
  const { network = 'regtest', reach = withZmq, settings = {} } = options
  const places = nodes.map(({ node }, index) => `${reach(node)} name=${'abcdefgh'[index]}`).join('; ')
  const engine = parseEngineOptions({
    BITCOIND_URLS: places,
    DATABASE_URL: 'postgresql://127.0.0.1/none',
    REDIS_URL: 'redis://127.0.0.1',
    POOL_ADDRESS: NETWORKS[network].hrp,
    TEMPLATE_REFRESH_SECONDS: '600',
    ...settings,
  })
  const clock = { aheadMs: 0 }
  const [works, noWork]: [Work[], string[]] = [[], []]
  const registry = new Registry()
  const observer = new NodeMetrics(registry)
  const open = openNodeSet(engine, network, {
    nodes: openNodes(parseBitcoinNodes(places), observer.observeCalls),
    log: silent,
    nowMs: () => Date.now() + clock.aheadMs,
    monotonicMs: () => performance.now(),
    reserve: NO_COST,
    onWork: (work) => works.push(work),
    onNoWork: (reason) => noWork.push(reason),
    onTip: () => undefined,
    onStatus: () => undefined,
    observer,
  })
  observer.showNodes(registry, () => open.set.report().nodes)
  onTestFinished(() => open.close())
  await open.set.start()
  return { set: open.set, works, noWork, registry, clock }
}

export const stateOf = ({ set }: OpenSet, name: string): string =>
  set.report().nodes.find((node) => node.name === name)!.state
