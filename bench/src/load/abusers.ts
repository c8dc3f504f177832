import { connect, type Socket } from 'node:net'
import type { AbuseOrder, Abused } from './orders.js'

/** Between the end of an abuser's connection and its next. */
const COME_BACK_MS = 50
/** A slowloris gives a byte now and then. */
const DRIP_MS = 250
/** Bytes an abuser keeps unsent of its own; beyond that it waits for the pool to read. */
const MAX_UNSENT_BYTES = 256 * 1024
const WRITE_BYTES = 16 * 1024

const SUBSCRIBE = requestLine('mining.subscribe', ['abuser/1'])
const CONFIGURE = requestLine('mining.configure', [['version-rolling'], {}])

/** What an abuser does on a connection, with a payout address to claim; what it returns ends it. */
type Behaviour = (socket: Socket, address: string) => (() => void) | undefined

/** Each against one of the defences: of time, of rate, of the output buffer, of the parser, of accepting. */
const BEHAVIOURS = {
  /** Never ends its first line. */
  slowloris: (socket) => {
    let at = 0
    const timer = setInterval(() => socket.write(SUBSCRIBE[at++ % (SUBSCRIBE.length - 1)]!), DRIP_MS)
    return () => clearInterval(timer)
  },
  /** Asks as fast as the pool answers, and never logs in. */
  flood: (socket) => {
    socket.resume()
    socket.write(SUBSCRIBE)
    return pour(socket, manyOf(CONFIGURE))
  },
  /** Logs in like a miner, then sends worthless shares as fast as the pool reads. */
  'bad-shares': (socket, address) => {
    socket.resume()
    socket.write(SUBSCRIBE)
    socket.write(requestLine('mining.authorize', [address, 'x']))
    return pour(socket, manyOf(requestLine('mining.submit', [address, '00', '00', '00000000', '00000000'])))
  },
  /** Asks, and never takes the answers. */
  'never-reading': (socket) => {
    socket.write(SUBSCRIBE)
    return pour(socket, manyOf(CONFIGURE))
  },
  /** Sends what is no message: bytes, deep nesting, a line without an end. */
  garbage: (socket) => {
    socket.resume()
    return pour(socket, GARBAGE)
  },
  /** Connects, and goes again. */
  churn: (socket) => {
    socket.resume()
    socket.end(SUBSCRIBE)
    return undefined
  },
} satisfies Record<string, Behaviour>

export type AbuseKind = keyof typeof BEHAVIOURS
export const ABUSE_KINDS = Object.keys(BEHAVIOURS) as AbuseKind[]

const GARBAGE = Buffer.concat([
  Buffer.from(Array.from({ length: 1_024 }, (_, index) => (index * 151) % 256)),
  Buffer.from(`\n{"id":1,"method":"mining.subscribe","params":${'['.repeat(4_000)}\n`),
  Buffer.from(`{"__proto__":{"id":1},"id":1e999,"id":2,"method":null}\n`.repeat(50)),
  Buffer.alloc(32 * 1024, 'x'),
])

/** Peers that mean no good, all of one kind; whoever is closed comes back. */
export class Abusers {
  readonly #order: AbuseOrder
  readonly #sockets = new Set<Socket>()
  #isStopped = false
  #opened = 0
  #bytesSent = 0

  constructor(order: AbuseOrder) {
    this.#order = order
    for (let number = 0; number < order.count; number++) this.#come(number)
  }

  stop(): Abused {
    this.#isStopped = true
    for (const socket of this.#sockets) {
      this.#bytesSent += socket.bytesWritten
      socket.resetAndDestroy()
    }
    return { opened: this.#opened, bytesSent: this.#bytesSent }
  }

  #come(number: number): void {
    if (this.#isStopped) return
    const { kind, host, port, address, localAddresses } = this.#order
    const localAddress = localAddresses[number % localAddresses.length]!
    const socket = connect({ host, port, localAddress, noDelay: true })
    let end: (() => void) | undefined
    this.#sockets.add(socket)
    socket.on('connect', () => {
      this.#opened++
      end = BEHAVIOURS[kind](socket, address)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      end?.()
      this.#sockets.delete(socket)
      this.#bytesSent += socket.bytesWritten
      setTimeout(() => this.#come(number), COME_BACK_MS)
    })
  }
}

function requestLine(method: string, params: readonly unknown[]): string {
  return `${JSON.stringify({ id: 1, method, params })}\n`
}

const manyOf = (line: string): Buffer => Buffer.from(line.repeat(WRITE_BYTES / line.length))

/** Writes the same bytes again and again, with pauses when the pool does not take them. */
function pour(socket: Socket, bytes: Buffer): () => void {
  let isEnded = false
  const write = (): void => {
    if (isEnded || socket.writableLength > MAX_UNSENT_BYTES) return
    socket.write(bytes, () => setImmediate(write))
  }
  write()
  return () => {
    isEnded = true
  }
}
