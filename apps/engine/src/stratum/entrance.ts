import type { Socket } from 'node:net'

/** A connection on its way in: its PROXY header or its TLS handshake is not done yet. */
export interface Entry {
  readonly socket: Socket
  /** The peer's, once it is known and was admitted. */
  remoteAddress: string | undefined
  /** What the owner admitted it under. */
  ticket: number
}

export interface EntranceOptions {
  /** Within which a connection must be in. */
  readonly timeoutMs: number
  readonly maxEntries: number
}

export interface EntranceModules {
  readonly onTimeout: (entry: Entry) => void
  /** The connection has ended before it was in. */
  readonly onLost: (entry: Entry) => void
}

interface Waiting extends Entry {
  readonly timer: NodeJS.Timeout
  readonly onClose: () => void
}

/** The connections of one port that are on their way in: a bounded number, each for a bounded time. */
export class Entrance {
  readonly #options: EntranceOptions
  readonly #modules: EntranceModules
  /** By the far end of the connection, which is all that a TLS stream and the socket below it have in common. */
  readonly #waiting = new Map<string, Waiting>()

  constructor(options: EntranceOptions, modules: EntranceModules) {
    this.#options = options
    this.#modules = modules
  }

  /** Lets a connection begin; undefined when as many as may are on their way in, or the peer has gone already. */
  begin(socket: Socket): Entry | undefined {
    const key = farEndOf(socket)
    if (key === undefined || this.#waiting.size >= this.#options.maxEntries) return undefined
    const entry: Waiting = {
      socket,
      remoteAddress: undefined,
      ticket: 0,
      timer: setTimeout(() => {
        this.#modules.onTimeout(entry)
        socket.destroy()
      }, this.#options.timeoutMs),
      onClose: () => {
        this.#remove(key, entry)
        this.#modules.onLost(entry)
      },
    }
    socket.on('error', ignore)
    socket.on('close', entry.onClose)
    this.#waiting.set(key, entry)
    return entry
  }

  /** The connection below this stream is in, and its owner's from here on; undefined when it was lost before. */
  finish(stream: Socket): Entry | undefined {
    const key = farEndOf(stream)
    const entry = key === undefined ? undefined : this.#waiting.get(key)
    if (key === undefined || entry === undefined) return undefined
    this.#remove(key, entry)
    return entry
  }

  /** Ends all that are on their way in. */
  close(): void {
    for (const { socket } of this.#waiting.values()) socket.destroy()
  }

  #remove(key: string, entry: Waiting): void {
    clearTimeout(entry.timer)
    entry.socket.removeListener('close', entry.onClose)
    entry.socket.removeListener('error', ignore)
    if (this.#waiting.get(key) === entry) this.#waiting.delete(key)
  }
}

function farEndOf(socket: Socket): string | undefined {
  const { remoteAddress, remotePort } = socket
  return remoteAddress === undefined || remotePort === undefined
    ? undefined
    : `${remoteAddress} ${remotePort}`
}

const ignore = (): void => undefined
