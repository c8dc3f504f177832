import { createServer, type Server, type Socket } from 'node:net'
import type { Network } from '@headframe/core/chain/network'
import type { Job } from '@headframe/core/job/job'
import { Vardiff } from '@headframe/core/vardiff/vardiff'
import type { Extranonce1Allocator } from '../jobs/extranonce1-allocator.js'
import type { StratumPort } from '@headframe/core/stratum/stratum-ports'
import { Connection, type CloseReason } from './connection.js'
import { Receiver } from './v1/receiver.js'
import { Session, type SessionModules } from './v1/session.js'
import { prepareWork, type Work } from './work.js'

export interface StratumServerOptions {
  readonly host: string
  readonly ports: readonly StratumPort[]
  readonly network: Network
}

export interface StratumServerModules extends Omit<SessionModules, 'connection' | 'vardiff' | 'currentWork'> {
  readonly extranonce1: Extranonce1Allocator
}

interface Peer {
  readonly connection: Connection
  readonly session: Session
}

const TICK_MS = 1_000
/** Connections the kernel holds for us while we are busy. */
const LISTEN_BACKLOG = 1_024

/** Listens on every port, and brings work and commits to every session. */
export class StratumServer {
  readonly #options: StratumServerOptions
  readonly #modules: StratumServerModules
  readonly #peers = new Set<Peer>()
  readonly #servers: Server[] = []
  #work: Work | undefined
  #ticker: NodeJS.Timeout | undefined

  constructor(options: StratumServerOptions, modules: StratumServerModules) {
    this.#options = options
    this.#modules = modules
  }

  get connectionCount(): number {
    return this.#peers.size
  }

  /** The ports that are listened on: those of the options, with the number the system chose in place of 0. */
  async listen(): Promise<number[]> {
    this.#ticker = setInterval(() => this.#tick(), TICK_MS)
    const ports: number[] = []
    for (const port of this.#options.ports) ports.push(await this.#listenOn(port))
    return ports
  }

  /** A new job goes out to every miner that is ready. */
  sendJob(job: Job): void {
    const work = prepareWork(job)
    this.#work = work
    for (const { session } of this.#peers) if (session.isReady) session.sendWork(work)
  }

  /** The journal has reached `committed`: answers what waited for it. */
  flush(committed: number): void {
    for (const { connection } of this.#peers) if (connection.isWaiting) connection.flush(committed)
  }

  /** The journal has lost what was not committed: a miner that waits for an answer is closed, for it has none coming. */
  failWaiting(): void {
    for (const { connection } of [...this.#peers])
      if (connection.isWaiting) connection.close('journal-failed')
  }

  /** There is no work: closes every miner, and each that comes, until the next job. */
  retire(): void {
    this.#work = undefined
    this.#closeAll('no-work')
  }

  async close(): Promise<void> {
    clearInterval(this.#ticker)
    const closed = this.#servers.map((server) => new Promise((resolve) => server.close(resolve)))
    this.#closeAll('pool-closing')
    await Promise.all(closed)
  }

  #listenOn(port: StratumPort): Promise<number> {
    const server = createServer({ noDelay: true }, (socket) => this.#accept(socket, port))
    this.#servers.push(server)
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host: this.#options.host, port: port.port, backlog: LISTEN_BACKLOG }, () => {
        const address = server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : port.port)
      })
    })
  }

  #accept(socket: Socket, port: StratumPort): void {
    const sessionExtranonce1 = this.#work === undefined ? undefined : this.#modules.extranonce1.take()
    if (sessionExtranonce1 === undefined) {
      socket.on('error', () => undefined)
      socket.destroy()
      return
    }
    const { nowMs, log } = this.#modules
    const connection = new Connection(socket, {
      onLine: (line) => receiver.receive(line),
      onFault: (error) => log.error({ err: error }, 'a line of a peer has shown a defect; closing the peer'),
      onClose: (reason) => {
        this.#peers.delete(peer)
        session.end()
        this.#modules.extranonce1.release(sessionExtranonce1)
        log.debug({ remoteAddress: connection.remoteAddress, reason }, 'connection closed')
      },
    })
    const session = new Session(
      { port, network: this.#options.network, sessionExtranonce1 },
      {
        ...this.#modules,
        connection,
        vardiff: new Vardiff({ ...port, isFixed: port.fixed }, nowMs()),
        currentWork: () => this.#work,
      },
    )
    const receiver = new Receiver(session)
    const peer = { connection, session }
    this.#peers.add(peer)
  }

  #tick(): void {
    const atMs = this.#modules.nowMs()
    for (const { session } of this.#peers) session.tick(atMs)
  }

  #closeAll(reason: CloseReason): void {
    for (const { session } of [...this.#peers]) session.close(reason)
  }
}
