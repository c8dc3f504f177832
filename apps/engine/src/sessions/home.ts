import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import type { Log } from '../log.js'
import { forwardHome } from './forward-home.js'
import {
  homeAddress,
  MAX_LINE_BYTES,
  NONCE_BYTES,
  readIntroduction,
  welcomeOf,
  type Introduction,
} from './home-proof.js'
import { makeOnce } from './make-once.js'
import { readLine } from './read-line.js'

export interface HomeOptions {
  readonly dataDir: string
  /** Of the sessions that live here. */
  readonly prefix: number
}

export interface HomeModules {
  readonly log: Log
  /** Bytes that nobody can guess. */
  readonly randomBytes: (size: number) => Uint8Array
  /** A miner whom another process has brought: to be served like one that came by himself, and never to be forwarded. */
  readonly onPeer: (stream: Socket, introduction: Introduction) => void
}

/** Between a connection and its introduction, and before a miner is served where he is. */
const TIMEOUT_MS = 500
/** Connections that have not introduced themselves; further ones are turned away. */
const MAX_STRANGERS = 1_024
const SECRET_BYTES = 32

/**
 * The door through which other processes of this host bring the miners whose sessions live in this one: the cluster
 * gives a connection to any process, and a session can only go on in the one that has its prefix.
 */
export class Home {
  readonly #options: HomeOptions
  readonly #modules: HomeModules
  readonly #secret: string
  readonly #server: Server
  readonly #strangers = new Set<Socket>()

  /** A door that cannot be opened costs resumes: it is logged, and the process works on. Throws what the disk says. */
  static async open(options: HomeOptions, modules: HomeModules): Promise<Home> {
    const { dataDir, prefix } = options
    const secret = await makeOnce(join(dataDir, 'home-secret'), () =>
      Buffer.from(modules.randomBytes(SECRET_BYTES)).toString('hex'),
    )
    const home = new Home(options, modules, secret)
    try {
      await home.#listen(homeAddress(dataDir, prefix))
    } catch (error) {
      modules.log.error(
        { err: error, prefix },
        'miners of this process that come to another are not recognized',
      )
    }
    return home
  }

  private constructor(options: HomeOptions, modules: HomeModules, secret: string) {
    this.#options = options
    this.#modules = modules
    this.#secret = secret
    this.#server = createServer((socket) => void this.#greet(socket))
  }

  /** Hands a miner over to the process that has `prefix`; see `forwardHome`. */
  forward(
    stream: Duplex,
    peer: Introduction & { readonly prefix: number; readonly received: Uint8Array },
  ): Promise<boolean> {
    return forwardHome(stream, peer, {
      address: homeAddress(this.#options.dataDir, peer.prefix),
      secret: this.#secret,
      randomBytes: this.#modules.randomBytes,
      timeoutMs: TIMEOUT_MS,
    })
  }

  /** Takes nobody any more. Those who were brought are the caller's to close. */
  close(): void {
    for (const stranger of this.#strangers) stranger.destroy()
    // It would call back when the last of those who were brought has gone.
    if (this.#server.listening) this.#server.close()
  }

  #listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      // Exclusive: node:cluster would have the primary listen.
      this.#server.listen({ path, exclusive: true }, () => resolve())
    })
  }

  async #greet(socket: Socket): Promise<void> {
    socket.on('error', () => undefined)
    if (this.#strangers.size >= MAX_STRANGERS) {
      socket.destroy()
      return
    }
    this.#strangers.add(socket)
    const timer = setTimeout(() => socket.destroy(), TIMEOUT_MS)
    const nonce = Buffer.from(this.#modules.randomBytes(NONCE_BYTES)).toString('hex')
    socket.write(`${nonce}\n`)
    const line = await readLine(socket, MAX_LINE_BYTES)
    clearTimeout(timer)
    this.#strangers.delete(socket)
    const introduction = line && readIntroduction(this.#secret, nonce, line)
    if (!introduction || socket.destroyed) {
      socket.destroy()
      return
    }
    socket.write(`${welcomeOf(this.#secret, nonce, introduction.nonce)}\n`)
    const { remoteAddress, portNumber, answeredCount } = introduction
    this.#modules.onPeer(socket, { remoteAddress, portNumber, answeredCount })
  }
}
