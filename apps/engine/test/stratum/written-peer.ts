import { once } from 'node:events'
import { connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { Line } from '@headframe/core/stratum/line-framer'
import { Connection, type LineReceiver } from '../../src/stratum/connection.js'
import { Turns } from '../../src/stratum/turns.js'

const LIMITS = { maxLineBytes: 1_000, maxOutputBytes: 1e9 }
const MODULES = {
  journal: { committedSeq: 0, takenSeq: 0 },
  turns: new Turns(() => performance.now()),
}
/** Without a byte, after which what is missing counts as lost. */
const PATIENCE_MS = 4_000

/** Both ends of a connection: notes what is written to the one, and what arrives at the other. Its requests are echoed. */
export class WrittenPeer implements LineReceiver {
  readonly isWorking = true
  readonly connection: Connection
  readonly client: Socket
  readonly #written: Buffer[] = []
  readonly #arrived: Buffer[] = []
  #arrivedBytes = 0
  #writtenBytes = 0
  #isClosed = false

  static async open(server: Server): Promise<WrittenPeer> {
    const accepted = once(server, 'connection') as Promise<[Socket]>
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
    await once(client, 'connect')
    return new WrittenPeer(client, (await accepted)[0])
  }

  private constructor(client: Socket, accepted: Socket) {
    this.client = client
    client.on('error', () => undefined)
    client.on('data', (chunk: Buffer) => {
      this.#arrived.push(chunk)
      this.#arrivedBytes += chunk.length
    })
    this.connection = new Connection(accepted, '127.0.0.1', LIMITS, MODULES, this)
  }

  /** To be called with all that is about to be written to the connection, in that order. */
  note(bytes: Buffer): Buffer {
    if (this.#isClosed) return bytes
    this.#written.push(bytes)
    this.#writtenBytes += bytes.length
    return bytes
  }

  receive(line: Line): void {
    this.connection.reply(String(this.note(Buffer.from(`answer ${Buffer.from(line).toString()}\n`))), 0)
  }

  onFault(error: unknown): void {
    throw error
  }

  onClose(): void {
    this.#isClosed = true
  }

  onWaiting(): void {
    throw new Error('nothing here waits for the journal')
  }

  /** Whether one end has closed, so that the end of what was written may not arrive. */
  get isCut(): boolean {
    return this.#isClosed || this.client.destroyed
  }

  get written(): Buffer {
    return Buffer.concat(this.#written)
  }

  get arrived(): Buffer {
    return Buffer.concat(this.#arrived)
  }

  /** Reads on until all has arrived, or nothing more will. */
  async settle(): Promise<void> {
    this.client.resume()
    let before = -1
    for (let endMs = Infinity; performance.now() < endMs;) {
      if (!this.#isClosed && this.#arrivedBytes >= this.#writtenBytes) return
      if (this.client.destroyed || this.client.readableEnded) return
      if (this.#arrivedBytes !== before) endMs = performance.now() + PATIENCE_MS
      before = this.#arrivedBytes
      await setTimeout(1)
    }
  }

  destroy(): void {
    this.client.destroy()
    this.connection.close('peer-closed')
  }
}
