import { join } from 'node:path'
import { freePort } from '@headframe/local/free-port'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import { waitUntil } from '@headframe/local/wait-until'
import { nobodysAddress, packagesDirectory } from '../serve-pool.js'

const CHAIN = 'regtest'
const JOIN_TIMEOUT_MS = 30_000

/** Two real nodes on one regtest chain that tell each other of their blocks, and can be stopped and started again. */
export class NodePair {
  readonly #places: readonly NodePlace[]

  static async start(directory: string): Promise<NodePair> {
    const ports = [await freePort(), await freePort()]
    const places = ports.map(
      (port, index) => new NodePlace(join(directory, `node-${index}`), port, ports[1 - index]!),
    )
    for (const place of places) await place.start()
    const pair = new NodePair(places)
    await pair.#join()
    return pair
  }

  private constructor(places: readonly NodePlace[]) {
    this.#places = places
  }

  /** As they run now, or ran last. */
  get nodes(): readonly [Bitcoind, Bitcoind] {
    const [first, second] = this.#places
    return [first!.node, second!.node]
  }

  get up(): readonly Bitcoind[] {
    return this.#places.filter(({ isUp }) => isUp).map(({ node }) => node)
  }

  stop(index: number): Promise<void> {
    return this.#places[index]!.stop()
  }

  start(index: number): Promise<void> {
    return this.#places[index]!.start()
  }

  async close(): Promise<void> {
    await Promise.all(this.#places.map((place) => place.stop()))
  }

  /** Each has mined a chain of its own to begin with; one more block decides. */
  async #join(): Promise<void> {
    const [first, second] = this.nodes
    const isConnected = async () => (await first.rpc<unknown[]>('getpeerinfo')).length > 0
    await waitUntil(isConnected, { what: 'the connection of the two nodes', timeoutMs: JOIN_TIMEOUT_MS })
    await first.rpc('generatetoaddress', [1, nobodysAddress(CHAIN)])
    const tip = await first.rpc<string>('getbestblockhash')
    const isJoined = async () => (await second.rpc<string>('getbestblockhash')) === tip
    await waitUntil(isJoined, { what: 'one chain on two nodes', timeoutMs: JOIN_TIMEOUT_MS })
  }
}

/** Where one node lives: its folder and its ports stay. */
class NodePlace {
  readonly #directory: string
  readonly #args: readonly string[]
  #node: Bitcoind | undefined
  isUp = false

  constructor(directory: string, peerPort: number, otherPeerPort: number) {
    this.#directory = directory
    const listen = ['-listen=1', `-bind=127.0.0.1:${peerPort}`, '-listenonion=0']
    this.#args = [...listen, `-addnode=127.0.0.1:${otherPeerPort}`]
  }

  get node(): Bitcoind {
    if (this.#node === undefined) throw new Error('the node was never started')
    return this.#node
  }

  async start(): Promise<void> {
    const ports = this.#node && { rpcPort: this.#node.rpcPort, zmqPort: this.#node.zmqPort }
    const directory = this.#directory
    this.#node = await startBitcoind({
      directory,
      packagesDirectory,
      chain: CHAIN,
      args: this.#args,
      ...ports,
    })
    this.isUp = true
  }

  async stop(): Promise<void> {
    this.isUp = false
    await this.#node?.stop()
  }
}
