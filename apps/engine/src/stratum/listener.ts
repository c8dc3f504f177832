import { createServer, type BlockList, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls'
import { canonicalIpAddress } from '@headframe/core/net/ip-address'
import type { MalformedProxyHeader, ProxyHeader } from '@headframe/core/net/proxy-header'
import type { StratumPort } from '@headframe/core/stratum/stratum-ports'
import { isListed } from '../address-list.js'
import type { Log } from '../log.js'
import { Entrance, type Entry } from './entrance.js'
import { secureOptions } from './read-certificate.js'
import { RefusalLog } from './refusal-log.js'
import { takeProxyHeader } from './take-proxy-header.js'
import type { TlsCertificate } from './tls-certificate.js'

/** Connections the kernel holds for us while we are busy. */
const LISTEN_BACKLOG = 4_096
/** From the first packet until header and handshake are done. */
const ENTRY_TIMEOUT_MS = 10_000
/** Connections of one port that may be at it at once; a handshake takes some 50 KB. */
const MAX_ENTRIES = 2_048

export interface ListenerOptions {
  readonly host: string
  /** Number 0 lets the system choose. */
  readonly port: StratumPort
  /**
   * No other process listens on it: connections need not be shared out. Between the processes of a cluster the primary
   * takes each and passes it on, which costs both of them as much as a miner's whole login.
   */
  readonly isAlone?: boolean | undefined
  /** Who may send a PROXY header; of a proxy port. */
  readonly trustedProxies?: BlockList | undefined
  readonly backlog?: number
  readonly entryTimeoutMs?: number
  readonly maxEntries?: number
}

export interface ListenerModules {
  readonly log: Log
  readonly monotonicMs: () => number
  /** Of a TLS port. */
  readonly certificate?: TlsCertificate | undefined
  /**
   * Asked once for each peer whose address is known, before a TLS handshake is spent on it: a ticket, or undefined to
   * refuse it. Each ticket comes to `onPeer`, or to `onLost` when the connection ends before.
   */
  readonly admit: (remoteAddress: string) => number | undefined
  readonly onLost: (ticket: number, remoteAddress: string) => void
  /** A peer is in: from here on the stream, its errors included, is the callee's. */
  readonly onPeer: (stream: Socket, remoteAddress: string, ticket: number) => void
}

/**
 * One port. Who connects is known by the address of the socket or, on a proxy port, by the PROXY header, which is
 * believed from trusted addresses and asked of everybody: a port that took peers without it would let anybody claim
 * any address. Then comes the ban, then TLS, then the peer is handed on.
 */
export class Listener {
  readonly #options: ListenerOptions
  readonly #modules: ListenerModules
  readonly #server: Server
  readonly #tlsServer: TlsServer | undefined
  readonly #entrance: Entrance
  readonly #refusals: RefusalLog
  readonly #forgetCertificate: (() => void) | undefined

  /** Listens. Rejects with the system's error when the port cannot be had. */
  static async open(options: ListenerOptions, modules: ListenerModules): Promise<Listener> {
    const listener = new Listener(options, modules)
    await listener.#listen()
    return listener
  }

  private constructor(options: ListenerOptions, modules: ListenerModules) {
    const { port, entryTimeoutMs, maxEntries } = options
    const { certificate, log, monotonicMs, onLost } = modules
    this.#options = options
    this.#modules = modules
    this.#refusals = new RefusalLog(log, monotonicMs)
    this.#entrance = new Entrance(
      { timeoutMs: entryTimeoutMs ?? ENTRY_TIMEOUT_MS, maxEntries: maxEntries ?? MAX_ENTRIES },
      {
        onTimeout: ({ remoteAddress }) =>
          log.debug({ port: port.port, remoteAddress }, 'handshake timed out'),
        onLost: ({ remoteAddress, ticket }) => remoteAddress !== undefined && onLost(ticket, remoteAddress),
      },
    )
    this.#server = createServer({ noDelay: true }, (socket) => this.#accept(socket))
    if (!port.tls) return
    if (certificate === undefined) throw new Error(`port ${port.port} has tls and was given no certificate`)
    this.#tlsServer = this.#createTlsServer(certificate)
    this.#forgetCertificate = certificate.onChange((renewed) =>
      this.#tlsServer?.setSecureContext(secureOptions(renewed)),
    )
  }

  /** The number that is listened on: that of the options, or what the system chose in place of 0. */
  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : this.#options.port.port
  }

  /** Takes no more peers and ends those on their way in; resolves once the owner has ended those that are in. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#forgetCertificate?.()
    this.#entrance.close()
    await closed
  }

  #listen(): Promise<void> {
    const { host, port, isAlone = false, backlog = LISTEN_BACKLOG } = this.#options
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen({ host, port: port.port, backlog, exclusive: isAlone }, () => {
        this.#server.off('error', reject)
        // Such as a connection that could not be taken because the process has no file left for it.
        this.#server.on('error', (error) => this.#modules.log.error({ err: error }, 'listening has failed'))
        resolve()
      })
    })
  }

  /** Listens on nothing: gets its sockets from the server above once it is known whose they are. */
  #createTlsServer(certificate: TlsCertificate): TlsServer {
    const handshakeTimeout = this.#options.entryTimeoutMs ?? ENTRY_TIMEOUT_MS
    const server = createTlsServer({ ...secureOptions(certificate.current), handshakeTimeout })
    server.on('secureConnection', (stream) => this.#handOn(stream))
    server.on('tlsClientError', (error: NodeJS.ErrnoException, stream) => {
      this.#modules.log.debug({ port: this.port, code: error.code }, 'TLS handshake failed')
      stream.destroy()
    })
    return server
  }

  #accept(socket: Socket): void {
    const { port } = this.#options
    const sender = canonicalIpAddress(socket.remoteAddress ?? '')
    // Gone while it waited to be accepted.
    if (sender === undefined) return void socket.destroy()
    if (!port.proxy && !port.tls) {
      const ticket = this.#admit(socket, sender)
      if (ticket !== undefined) this.#modules.onPeer(socket, sender, ticket)
      return
    }
    if (port.proxy && !this.#isTrusted(sender)) {
      return this.#refuse(socket, sender, 'is not in STRATUM_TRUSTED_PROXIES')
    }
    const entry = this.#entrance.begin(socket)
    if (entry === undefined) return this.#refuse(socket, sender, 'comes while too many are on their way in')
    if (port.proxy) takeProxyHeader(socket, (header) => this.#onHeader(entry, sender, header))
    else this.#enter(entry, sender)
  }

  #onHeader(entry: Entry, sender: string, header: ProxyHeader | MalformedProxyHeader): void {
    if ('malformed' in header) this.#refuse(entry.socket, sender, header.malformed)
    else this.#enter(entry, header.sourceAddress ?? sender)
  }

  #enter(entry: Entry, remoteAddress: string): void {
    const { socket } = entry
    const ticket = this.#admit(socket, remoteAddress)
    if (ticket === undefined) return
    entry.remoteAddress = remoteAddress
    entry.ticket = ticket
    if (this.#tlsServer !== undefined) this.#tlsServer.emit('connection', socket)
    else this.#handOn(socket)
  }

  #handOn(stream: Socket): void {
    const entry = this.#entrance.finish(stream)
    // Lost in the very moment its handshake was done.
    if (entry?.remoteAddress === undefined) stream.destroy()
    else this.#modules.onPeer(stream, entry.remoteAddress, entry.ticket)
  }

  #isTrusted(sender: string): boolean {
    const { trustedProxies } = this.#options
    return trustedProxies !== undefined && isListed(trustedProxies, sender)
  }

  #admit(socket: Socket, remoteAddress: string): number | undefined {
    const ticket = this.#modules.admit(remoteAddress)
    if (ticket === undefined) socket.destroy()
    return ticket
  }

  #refuse(socket: Socket, sender: string, reason: string): void {
    this.#refusals.note(this.port, sender, reason)
    socket.destroy()
  }
}
