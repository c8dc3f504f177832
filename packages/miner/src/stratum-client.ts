import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { bytesToHex } from '@headframe/core/bytes'
import { formatHexU32 } from '@headframe/core/stratum/hex'
import { LineFramer, type Line } from '@headframe/core/stratum/line-framer'
import { parseRequest } from '@headframe/core/stratum/parse-request'
import { otherError } from '@headframe/core/stratum/reject-code'
import { errorLine, resultLine } from '@headframe/core/stratum/reply'
import type { Request } from '@headframe/core/stratum/request'
import { ConnectionError, PoolError } from './client-error.js'
import { connectSocket } from './connect-socket.js'
import { PendingRequests } from './pending-requests.js'
import type { PoolJob } from './pool-job.js'
import { PoolState, type PoolChange } from './pool-state.js'
import type { ShareFields, SubmitAnswer } from './share-fields.js'
import type { StratumEndpoint } from './stratum-url.js'

/** Longest line a pool may send: a notify with a coinbase of many outputs, and room. */
const MAX_LINE_BYTES = 256 * 1024
/** Unsent bytes after which the connection is given up: the pool has stopped reading. */
const MAX_UNSENT_BYTES = 1024 * 1024
const USER_AGENT = 'headframe-miner/0.1'
const MAX_PENDING_REQUESTS = 10_000
const REQUEST_TIMEOUT_MS = 30_000
/** How long the pool has to close its side too. */
const CLOSE_GRACE_MS = 1_000

export interface StratumClientOptions extends StratumEndpoint {
  /** What the client calls itself. */
  readonly userAgent?: string
  /** Sees every line in either direction, without its newline, before anything is done with it. */
  readonly onLine?: (direction: 'in' | 'out', line: string) => void
  readonly requestTimeoutMs?: number
}

interface StratumClientEvents {
  job: [job: PoolJob]
  change: [change: PoolChange]
  authorized: [username: string]
  /** `client.show_message`. */
  message: [text: string]
  /** A line or a push that makes no sense; the connection stays. */
  fault: [what: string]
  close: [reason: string]
}

/**
 * A Stratum v1 client on one TCP connection. It does what it is told and nothing by itself, except that it answers
 * `mining.ping` and `client.get_version`; it never follows `client.reconnect` to another host.
 */
export class StratumClient extends EventEmitter<StratumClientEvents> {
  readonly pool = new PoolState()
  /** The username of the last successful `authorize`. */
  username = ''
  readonly #options: StratumClientOptions
  readonly #socket: Socket
  readonly #framer = new LineFramer(MAX_LINE_BYTES)
  readonly #pending: PendingRequests
  #closeReason: string | undefined
  readonly #closed: Promise<void>

  /** Connects; rejects with a ConnectionError when that fails or takes longer than ten seconds. */
  static async connect(options: StratumClientOptions): Promise<StratumClient> {
    return new StratumClient(options, await connectSocket(options))
  }

  private constructor(options: StratumClientOptions, socket: Socket) {
    super()
    this.#options = options
    this.#socket = socket
    this.#pending = new PendingRequests(MAX_PENDING_REQUESTS, options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS)
    this.#closed = new Promise((resolve) => socket.once('close', () => resolve()))
    socket.on('data', (chunk: Uint8Array) => this.#read(chunk))
    socket.on('error', (error: NodeJS.ErrnoException) => this.#giveUp(error.code ?? error.message))
    socket.on('end', () => this.#giveUp('closed by the pool'))
    socket.once('close', () => this.#finish())
  }

  get #userAgent(): string {
    return this.#options.userAgent ?? USER_AGENT
  }

  get isOpen(): boolean {
    return this.#closeReason === undefined
  }

  /** Requests that wait for their answer. */
  get pendingCount(): number {
    return this.#pending.size
  }

  /** Sends a request. Rejects with a PoolError when the answer is an error, else with a ConnectionError. */
  request(method: string, params: readonly unknown[]): Promise<unknown> {
    return this.#ask(method, params, (result) => result)
  }

  /** Sends one line as it is; the newline is added. For what no method here would send. */
  send(line: string): void {
    if (!this.isOpen) return
    this.#options.onLine?.('out', line)
    this.#socket.write(`${line}\n`)
    if (this.#socket.writableLength > MAX_UNSENT_BYTES) this.#giveUp('the pool does not read')
  }

  /** Rejects with a PoolError also when the answer makes no sense. */
  subscribe(): Promise<void> {
    return this.#ask('mining.subscribe', [this.#userAgent], (result) => {
      const change = this.pool.subscribed(result)
      if (change === undefined) throw new PoolError(0, 'the answer to mining.subscribe makes no sense')
      this.emit('change', change)
    })
  }

  /** Asks to roll the version bits of `mask`; returns those agreed to, 0 when none. */
  configure(mask = 0xffffffff): Promise<number> {
    const values = { 'version-rolling.mask': formatHexU32(mask), 'version-rolling.min-bit-count': 2 }
    return this.#ask('mining.configure', [['version-rolling'], values], (result) =>
      this.pool.configured(result),
    )
  }

  /** Rejects with the pool's reason when it does not want the user. */
  authorize(username: string, password = 'x'): Promise<void> {
    return this.#ask('mining.authorize', [username, password], (result) => {
      if (result !== true) throw new PoolError(0, `the pool does not know ${username}`)
      this.username = username
      this.emit('authorized', username)
    })
  }

  /** A share that the pool rejects is a value; only a lost connection throws. */
  async submit(share: ShareFields, username = this.username): Promise<SubmitAnswer> {
    const { jobId, extranonce2, ntime, nonce, versionBits } = share
    const params = [username, jobId, bytesToHex(extranonce2), formatHexU32(ntime), formatHexU32(nonce)]
    if (versionBits !== undefined) params.push(formatHexU32(versionBits))
    try {
      const result = await this.request('mining.submit', params)
      return result === true
        ? { isAccepted: true }
        : { isAccepted: false, code: 0, text: 'rejected without a reason' }
    } catch (error) {
      if (!(error instanceof PoolError)) throw error
      return { isAccepted: false, code: error.code, text: error.message }
    }
  }

  /** The newest job if it will do, or the first one to come that does. Rejects when none came in time. */
  jobWhere(
    isWanted: (job: PoolJob) => boolean = () => true,
    timeoutMs = REQUEST_TIMEOUT_MS,
  ): Promise<PoolJob> {
    const { job } = this.pool
    if (job !== undefined && isWanted(job)) return Promise.resolve(job)
    if (!this.isOpen) return Promise.reject(new ConnectionError(this.#closeReason ?? ''))
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        this.off('job', onJob).off('close', onClose)
      }
      const onJob = (next: PoolJob) => {
        if (!isWanted(next)) return
        stop()
        resolve(next)
      }
      const onClose = (reason: string) => {
        stop()
        reject(new ConnectionError(reason))
      }
      const timer = setTimeout(() => onClose(`no such job within ${timeoutMs} ms`), timeoutMs)
      this.on('job', onJob).on('close', onClose)
    })
  }

  /** Sends what is still unsent, closes, and resolves when the socket is gone. Waiting requests are rejected. */
  async close(): Promise<void> {
    if (this.isOpen) this.#stop('closed by us')
    this.#socket.end()
    const timer = setTimeout(() => this.#socket.destroy(), CLOSE_GRACE_MS)
    await this.#closed
    clearTimeout(timer)
  }

  /** Drops the connection at once, as a crash would. */
  async abort(): Promise<void> {
    if (this.isOpen) this.#stop('aborted by us')
    this.#socket.resetAndDestroy()
    await this.#closed
  }

  #ask<Result>(
    method: string,
    params: readonly unknown[],
    read: (result: unknown) => Result,
  ): Promise<Result> {
    if (!this.isOpen) return Promise.reject(new ConnectionError(this.#closeReason ?? ''))
    return this.#pending.add(method, (id) => this.send(JSON.stringify({ id, method, params })), read)
  }

  #read(chunk: Uint8Array): void {
    const fault = this.#framer.push(chunk, (line) => this.#readLine(line))
    if (fault !== undefined)
      this.#giveUp(`the pool sent more than ${MAX_LINE_BYTES} bytes without a line end`)
  }

  #readLine(line: Line): void {
    if (!this.isOpen) return
    this.#options.onLine?.('in', new TextDecoder().decode(line))
    const message = parseRequest(line)
    if (message.kind === 'request') this.#serve(message)
    else if (message.kind === 'malformed') this.emit('fault', `a line that is ${message.reason}`)
    else if (!this.#pending.settle(message.id, message.result, message.error)) {
      this.emit('fault', `an answer to no request, id ${JSON.stringify(message.id)}`)
    }
  }

  /** What a pool may call or push. */
  #serve({ id, method, params }: Request): void {
    const change = this.pool.push(method, params)
    if (change !== undefined) {
      this.emit('change', change)
      if (change.kind === 'job') this.emit('job', change.job)
    } else if (method === 'mining.ping') this.#answer(id, 'pong')
    else if (method === 'client.get_version') this.#answer(id, this.#userAgent)
    else if (method === 'client.show_message' && typeof params[0] === 'string')
      this.emit('message', params[0])
    else if (method === 'client.reconnect') this.emit('fault', 'client.reconnect, which is not followed')
    else {
      this.emit('fault', `${method} that makes no sense`)
      if (id !== undefined && id !== null) this.send(errorLine(id, otherError('Not understood')).trimEnd())
    }
  }

  #answer(id: Request['id'], result: unknown): void {
    if (id !== undefined && id !== null) this.send(resultLine(id, result).trimEnd())
  }

  /** The connection is of no use any more. */
  #giveUp(reason: string): void {
    if (this.isOpen) this.#stop(reason)
    this.#socket.destroy()
  }

  #stop(reason: string): void {
    this.#closeReason = reason
    this.#pending.rejectAll(new ConnectionError(reason))
  }

  #finish(): void {
    if (this.isOpen) this.#stop('closed')
    this.emit('close', this.#closeReason ?? 'closed')
  }
}
