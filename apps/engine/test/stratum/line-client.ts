import { connect, type Socket } from 'node:net'

/** What came in on one line. */
export interface WireMessage {
  readonly id?: unknown
  readonly method?: string
  readonly params?: readonly unknown[]
  readonly result?: unknown
  readonly error?: readonly [number, string, null] | null
}

/** A peer that sends what it is told, byte for byte, and reads line by line. */
export class LineClient {
  readonly socket: Socket
  readonly closed: Promise<void>
  #text = ''
  #lines: WireMessage[] = []
  #wake = (): void => undefined
  #isClosed = false

  static connect(port: number): Promise<LineClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('error', reject)
      socket.once('connect', () => resolve(new LineClient(socket)))
    })
  }

  private constructor(socket: Socket) {
    this.socket = socket
    socket.setEncoding('utf8')
    socket.on('error', () => undefined)
    socket.on('data', (chunk: string) => {
      const lines = (this.#text + chunk).split('\n')
      this.#text = lines.pop()!
      this.#lines.push(...lines.map((line) => JSON.parse(line) as WireMessage))
      this.#wake()
    })
    this.closed = new Promise((resolve) =>
      socket.on('close', () => {
        this.#isClosed = true
        this.#wake()
        resolve()
      }),
    )
  }

  write(text: string): void {
    this.socket.write(text)
  }

  send(id: unknown, method: string, params: readonly unknown[]): void {
    this.write(`${JSON.stringify({ id, method, params })}\n`)
  }

  /** The next line; throws when the peer closes first. */
  async next(): Promise<WireMessage> {
    for (;;) {
      const line = this.#lines.shift()
      if (line !== undefined) return line
      if (this.#isClosed) throw new Error('the connection was closed')
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  /** Sends a request and reads lines up to its answer; pushes on the way are passed over. */
  async call(id: unknown, method: string, params: readonly unknown[]): Promise<WireMessage> {
    this.send(id, method, params)
    for (;;) {
      const line = await this.next()
      if (line.method === undefined) return line
    }
  }

  /** The next push of a method; what comes before it is passed over. */
  async push(method: string): Promise<readonly unknown[]> {
    for (;;) {
      const line = await this.next()
      if (line.method === method) return line.params!
    }
  }
}
