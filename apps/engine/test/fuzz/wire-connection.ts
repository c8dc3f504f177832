import { connect, type Socket } from 'node:net'
import type { WireMessage } from '../stratum/wire-laws.js'
import { expectAnswers } from './expected-answers.js'
import { MinerMemory } from './miner-memory.js'
import type { ENDS } from './step.js'
import type { WireRecord } from './wire-record.js'

/** How long an answer may take before it counts as not coming. */
const PATIENCE_MS = 5_000

/** One connection of a client: all bytes of both directions. */
export class WireConnection implements WireRecord {
  readonly memory = new MinerMemory()
  readonly messages: WireMessage[] = []
  readonly nonsense: string[] = []
  readonly remoteAddress: string
  readonly #socket: Socket
  readonly #sent: Buffer[] = []
  #received = Buffer.alloc(0)
  #longestLine = 0
  #answerCount = 0
  #hasEnded = false
  #isClosed = false
  /** Of those who wait for news. */
  readonly #wakers = new Set<() => void>()

  /** With an address of its own, through a port that believes its PROXY header. */
  static async connectFrom(remoteAddress: string, port: number): Promise<WireConnection> {
    const connection = await WireConnection.connect(port, remoteAddress)
    connection.writePreface(Buffer.from(`PROXY TCP4 ${remoteAddress} 127.0.0.1 40000 3333\r\n`))
    return connection
  }

  static connect(port: number, remoteAddress = '127.0.0.1'): Promise<WireConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      socket.once('error', reject)
      socket.once('connect', () => resolve(new WireConnection(socket, remoteAddress)))
    })
  }

  private constructor(socket: Socket, remoteAddress: string) {
    this.#socket = socket
    this.remoteAddress = remoteAddress
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => this.#onData(chunk))
    socket.on('close', () => {
      this.#isClosed = true
      this.#wake()
    })
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  get sent(): Buffer {
    return Buffer.concat(this.#sent)
  }

  get answerCount(): number {
    return this.#answerCount
  }

  get longestLine(): number {
    return this.#longestLine
  }

  write(bytes: Uint8Array): void {
    if (this.#hasEnded || this.#isClosed || bytes.length === 0) return
    this.#sent.push(Buffer.from(bytes))
    this.#socket.write(bytes)
  }

  /** What comes before anything that the client says: not part of `sent`. */
  writePreface(bytes: Uint8Array): void {
    if (!this.#isClosed) this.#socket.write(bytes)
  }

  end(how: (typeof ENDS)[number]): void {
    this.#hasEnded = true
    if (how === 'half') this.#socket.end()
    else if (how === 'destroy') this.#socket.destroy()
    else this.#socket.resetAndDestroy()
  }

  /** Reads nothing any more. */
  pause(): void {
    this.#socket.pause()
  }

  /** Until every request has its answer, or the connection is closed. False when neither comes. */
  allAnswered(): Promise<boolean> {
    const expected = expectAnswers(this.sent).answers.filter(({ id }) => id !== undefined)
    return this.until(() => this.#answerCount >= expected.length)
  }

  /** Until it is closed. False when it is not. */
  closed(): Promise<boolean> {
    return this.until(() => false).then(() => this.#isClosed)
  }

  /** Until something holds or the connection is closed. False when neither comes to be. */
  async until(isTrue: () => boolean): Promise<boolean> {
    const endsAt = performance.now() + PATIENCE_MS
    const timer = setTimeout(() => this.#wake(), PATIENCE_MS + 1)
    while (!isTrue() && !this.#isClosed && performance.now() < endsAt) {
      await new Promise<void>((resolve) => this.#wakers.add(resolve))
    }
    clearTimeout(timer)
    return isTrue() || this.#isClosed
  }

  #wake(): void {
    for (const wake of this.#wakers) wake()
    this.#wakers.clear()
  }

  #onData(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    for (let end = this.#received.indexOf(10); end !== -1; end = this.#received.indexOf(10)) {
      this.#onLine(this.#received.subarray(0, end))
      this.#received = this.#received.subarray(end + 1)
    }
    this.#wake()
  }

  #onLine(line: Buffer): void {
    this.#longestLine = Math.max(this.#longestLine, line.length)
    try {
      const text = strictUtf8.decode(line)
      const message: WireMessage = { ...(JSON.parse(text) as WireMessage), idText: NUMBER_ID.exec(text)?.[1] }
      this.messages.push(message)
      if (message.method === undefined) this.#answerCount++
      this.memory.hear(message)
    } catch (error) {
      this.nonsense.push(`${String(error)}: ${line.toString('latin1')}`)
    }
  }
}

/** How an answer of the pool begins. */
const NUMBER_ID = /^{"id":(-?\d[\d.eE+-]*),/
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
