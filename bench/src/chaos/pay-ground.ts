import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Database } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import { bitcoinRpc, type Rpc } from '@headframe/local/bitcoin-rpc'
import { startPostgres, type Postgres } from '@headframe/local/postgres'
import { packagesDirectory } from '../serve-pool.js'

const COINS = 60
const COIN_BTC = 1
/** As many more coinbases can be spent: what the wallet is given comes from them. */
const SPENDABLE_BLOCKS = 10

/** Forgets its mempool when it stops, as one that crashes may. */
const FORGETS = ['-persistmempool=0']

/** A real node with the wallet that is paid from, and a database. */
export class PayGround {
  readonly directory: string
  readonly db: Database
  readonly databaseUrl: string
  node: Bitcoind
  walletName = 'payouts'
  restores = 0
  readonly #postgres: Postgres

  private constructor(directory: string, postgres: Postgres, node: Bitcoind) {
    this.directory = directory
    this.#postgres = postgres
    this.databaseUrl = postgres.url
    this.db = openDatabase({ url: postgres.url })
    this.node = node
  }

  static async open(): Promise<PayGround> {
    const directory = await mkdtemp(join(tmpdir(), 'headframe-chaos-'))
    // Postgres runs as another user when this is root.
    await chmod(directory, 0o711)
    const postgres = await startPostgres({ directory: join(directory, 'postgres') })
    const node = await startNode(directory, undefined)
    const ground = new PayGround(directory, postgres, node)
    await migrate(ground.db.pool)
    for (const name of ['payouts', 'miners'])
      await node.rpc('createwallet', [name, false, false, '', false, true, true])
    await ground.mine(SPENDABLE_BLOCKS)
    await ground.fund(COINS)
    await ground.funds('backupwallet', [ground.backup])
    return ground
  }

  get backup(): string {
    return join(this.directory, 'backup')
  }

  get walletUrl(): string {
    return new URL(`/wallet/${this.walletName}`, this.node.url).href
  }

  get funds(): Rpc {
    return bitcoinRpc(this.walletUrl)
  }

  get miners(): Rpc {
    return bitcoinRpc(new URL('/wallet/miners', this.node.url).href)
  }

  /** The wallet that mines, and has money of its own. */
  get rich(): Rpc {
    return bitcoinRpc(new URL('/wallet/headframe', this.node.url).href)
  }

  async mine(blocks: number): Promise<string[]> {
    return this.node.rpc<string[]>('generatetoaddress', [blocks, await this.rich<string>('getnewaddress')])
  }

  /** So many coins more, confirmed. */
  async fund(coins: number): Promise<void> {
    const outputs: Record<string, number> = {}
    for (let n = 0; n < coins; n++)
      outputs[await this.funds<string>('getnewaddress', ['', 'bech32'])] = COIN_BTC
    await this.rich('sendmany', ['', outputs])
    await this.mine(1)
  }

  /** The last blocks lose their place to one more, all of them empty. */
  async reorganise(depth: number): Promise<void> {
    const height = await this.node.rpc<number>('getblockcount')
    await this.node.rpc('invalidateblock', [
      await this.node.rpc<string>('getblockhash', [height - depth + 1]),
    ])
    const address = await this.rich<string>('getnewaddress')
    for (let n = 0; n <= depth; n++) await this.node.rpc('generateblock', [address, []])
  }

  async restartNode(): Promise<void> {
    const { rpcPort, zmqPort } = this.node
    await this.node.stop()
    this.node = await startNode(this.directory, { rpcPort, zmqPort })
  }

  /** The wallet of the beginning takes the place of the one that has seen all that came after. */
  async restoreWallet(): Promise<void> {
    const name = `restored-${++this.restores}`
    await this.node.rpc('unloadwallet', [this.walletName, false])
    await this.node.rpc('restorewallet', [name, this.backup, true])
    this.walletName = name
  }

  async close(): Promise<void> {
    await this.db.close()
    await this.node.stop()
    await this.#postgres.stop()
    await rm(this.directory, { recursive: true, force: true })
  }
}

function startNode(
  directory: string,
  ports: { readonly rpcPort: number; readonly zmqPort: number } | undefined,
): Promise<Bitcoind> {
  return startBitcoind({ directory: join(directory, 'bitcoin'), packagesDirectory, args: FORGETS, ...ports })
}
