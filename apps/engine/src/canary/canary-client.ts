import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { parseHexBytes } from '@headframe/core/stratum/hex'
import { swapWords } from '@headframe/core/stratum/notify'
import { LineFramer, type Line } from '@headframe/core/stratum/line-framer'
import type { SeenJob } from '@headframe/core/canary/judge-job'

export interface CanaryPlace {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly username: string
}

export interface CanaryEvents {
  readonly onJob: (job: SeenJob) => void
  /** Once, when the connection has failed or ended; nothing more is told of it. */
  readonly onEnd: (reason: string) => void
}

/** A notify with a coinbase of 16,000 bytes, in hex, and room. */
const MAX_LINE_BYTES = 256 * 1024
/** What connecting may take; later, silence is the business of who waits for jobs. */
const CONNECT_TIMEOUT_MS = 10_000
const SUBSCRIBE_ID = 1
const AUTHORIZE_ID = 2
const USER_AGENT = 'headframe-canary'

interface Message {
  readonly id?: unknown
  readonly method?: unknown
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: unknown
}

/**
 * One connection to a port of the pool, made by as little as there is: it subscribes, authorizes, and reads the jobs it
 * gets. It shares no code with what writes them.
 */
export class CanaryClient {
  readonly #place: CanaryPlace
  readonly #events: CanaryEvents
  readonly #socket: Socket
  readonly #framer = new LineFramer(MAX_LINE_BYTES)
  #extranonce1: Uint8Array | undefined
  #extranonce2Size = 0
  #difficulty = Number.NaN
  #hasEnded = false

  constructor(place: CanaryPlace, events: CanaryEvents) {
    this.#place = place
    this.#events = events
    const { host, port } = place
    // The certificate is the operator's own, for a name that this connection does not go by.
    this.#socket = place.tls ? connectTls({ host, port, rejectUnauthorized: false }) : connect({ host, port })
    this.#socket.setTimeout(CONNECT_TIMEOUT_MS, () => this.#end('it does not answer'))
    this.#socket.once(place.tls ? 'secureConnect' : 'connect', () => this.#begin())
    this.#socket.on('data', (chunk) => this.#read(chunk))
    this.#socket.on('error', (error) => this.#end(error.message))
    this.#socket.on('close', () => this.#end('the pool has closed the connection'))
  }

  close(): void {
    this.#hasEnded = true
    this.#socket.destroy()
  }

  #begin(): void {
    this.#socket.setTimeout(0)
    this.#send(SUBSCRIBE_ID, 'mining.subscribe', [USER_AGENT])
    this.#send(AUTHORIZE_ID, 'mining.authorize', [this.#place.username, 'x'])
  }

  #send(id: number, method: string, params: readonly string[]): void {
    this.#socket.write(`${JSON.stringify({ id, method, params })}\n`)
  }

  #end(reason: string): void {
    if (this.#hasEnded) return
    this.close()
    this.#events.onEnd(reason)
  }

  #read(chunk: Uint8Array): void {
    const fault = this.#framer.push(chunk, (line) => this.#hear(line))
    if (fault !== undefined) this.#end('a line of the pool is too long')
  }

  #hear(line: Line): void {
    const message = parseMessage(line)
    if (message === undefined) return this.#end('a line of the pool makes no sense')
    if (message.method === 'mining.notify') this.#hearJob(message.params)
    else if (message.method === 'mining.set_difficulty') this.#difficulty = Number(listOf(message.params)[0])
    else if (message.id === SUBSCRIBE_ID) this.#hearSubscribed(message.result)
    else if (message.id === AUTHORIZE_ID && message.result !== true) {
      this.#end(`it does not take ${this.#place.username}: ${JSON.stringify(message.error)}`)
    }
  }

  #hearSubscribed(result: unknown): void {
    const [, extranonce1, extranonce2Size] = listOf(result)
    this.#extranonce1 = bytesOf(extranonce1)
    this.#extranonce2Size = Number(extranonce2Size)
    if (this.#extranonce1 === undefined) this.#end('its answer to subscribe makes no sense')
  }

  #hearJob(params: unknown): void {
    const [jobId, prevHashHex, prefixHex, suffixHex, , , , , cleanJobs] = listOf(params)
    const [prevHash, coinbasePrefix, coinbaseSuffix] = [prevHashHex, prefixHex, suffixHex].map(bytesOf)
    const extranonce1 = this.#extranonce1
    if (prevHash?.length !== 32 || coinbasePrefix === undefined || coinbaseSuffix === undefined) {
      return this.#end('its job makes no sense')
    }
    if (extranonce1 === undefined) return this.#end('its job came before the answer to subscribe')
    this.#events.onJob({
      jobId: String(jobId),
      prevHash: swapWords(prevHash),
      coinbasePrefix,
      coinbaseSuffix,
      extranonce1,
      extranonce2Size: this.#extranonce2Size,
      difficulty: this.#difficulty,
      cleanJobs: cleanJobs === true,
    })
  }
}

function parseMessage(line: Line): Message | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(line).toString('utf8'))
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function bytesOf(value: unknown): Uint8Array | undefined {
  return typeof value === 'string' ? parseHexBytes(value) : undefined
}
