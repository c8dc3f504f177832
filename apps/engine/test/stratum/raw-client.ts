import { connect, type Socket } from 'node:net'

/** One line as it went over the wire, without its newline. */
export interface WireLine {
  readonly from: 'client' | 'pool'
  readonly text: string
}

/** How long a line may take before it counts as not coming. */
const PATIENCE_MS = 4_000

/** A peer that writes bytes as they are given, and keeps every line of both sides in the order it saw them. */
export class RawClient {
  readonly log: WireLine[] = []
  readonly #socket: Socket
  readonly #closed: Promise<void>
  #unread: string[] = []
  #text = ''
  #isClosed = false
  #wake = (): void => undefined

  static connect(port: number): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      socket.once('error', reject)
      socket.once('connect', () => resolve(new RawClient(socket)))
    })
  }

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('utf8')
    socket.on('error', () => undefined)
    socket.on('data', (chunk: string) => {
      const lines = (this.#text + chunk).split('\n')
      this.#text = lines.pop()!
      this.#unread.push(...lines)
      this.log.push(...lines.map((text) => ({ from: 'pool', text }) as const))
      this.#wake()
    })
    this.#closed = new Promise((resolve) =>
      socket.on('close', () => {
        this.#isClosed = true
        this.#wake()
        resolve()
      }),
    )
  }

  /** Lines in one packet. */
  send(lines: readonly string[]): void {
    this.log.push(...lines.map((text) => ({ from: 'client', text }) as const))
    this.#socket.write(lines.map((line) => `${line}\n`).join(''))
  }

  /** The pool's next line. Throws when the pool closes the connection, or has nothing to say. */
  async next(): Promise<string> {
    const deadline = setTimeout(() => this.#wake(), PATIENCE_MS)
    const isOver = Date.now() + PATIENCE_MS
    try {
      for (;;) {
        const line = this.#unread.shift()
        if (line !== undefined) return line
        if (this.#isClosed) throw new Error('the pool has closed the connection')
        if (Date.now() >= isOver) throw new Error('the pool says nothing')
        await new Promise<void>((resolve) => (this.#wake = resolve))
      }
    } finally {
      clearTimeout(deadline)
    }
  }

  /** Resolves when both sides have closed. */
  async close(): Promise<void> {
    this.#socket.end()
    await this.#closed
  }
}
