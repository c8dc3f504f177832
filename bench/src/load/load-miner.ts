import { connect, type Socket } from 'node:net'
import { parseNotify, type PoolJob } from '@headframe/miner/pool-job'
import { hexToBytes } from '@headframe/core/bytes'
import { monotonicMs } from '../measure/monotonic-clock.js'
import { LineCutter } from './line-cutter.js'
import { acceptedId, isCleanNotify, isNotify } from './line-scanner.js'
import { NO_SHARES, mineShares, type ShareLines } from './share-lines.js'
import type { Tally } from './tally.js'

export interface MinerOptions {
  readonly host: string
  readonly port: number
  /** One of 127.0.0.0/8: each has its own range of ports to connect from. */
  readonly localAddress: string
  readonly username: string
  /** Whether it will mine, and so has to keep its job. */
  readonly isMining: boolean
}

/** Who is told what happens to a miner. */
export interface MinerOwner {
  readonly tally: Tally
  onReady(miner: LoadMiner): void
  /** The connection is gone, though nobody here closed it. */
  onLost(miner: LoadMiner, reason: string): void
  /** A job that replaces all older ones has arrived. */
  onCleanJob(miner: LoadMiner, atMs: number): void
  /** All shares that were asked for are answered. */
  onFinished(): void
}

/** A message of the pool that is parsed: everything but accepted shares and jobs. */
interface PoolMessage {
  readonly id: number | string | null
  readonly method?: string
  readonly params?: readonly unknown[]
  readonly result?: unknown
  readonly error?: readonly [code: number, text: string] | null
}

const SUBSCRIBE_ID = 1
const AUTHORIZE_ID = 2
const FIRST_SHARE_ID = 3
/** Shares of one miner that may be on the way at once. */
export const MAX_WINDOW = 256
/** One for all miners of the process: what is read is dealt with before the next read. */
const CHUNK = Buffer.allocUnsafeSlow(64 * 1024)

/** One connection of the load generator: logs in, sends shares that were mined before, times the answers. */
export class LoadMiner {
  readonly #options: MinerOptions
  readonly #owner: MinerOwner
  readonly #socket: Socket
  readonly #lines = new LineCutter()
  readonly #take = (bytes: Buffer, start: number, end: number): void => this.#takeLine(bytes, start, end)
  #isAuthorized = false
  #hasJob = false
  #isReady = false
  #isClosed = false
  /** Of the chunk that is being read. */
  #readAtMs = 0
  #subscribed: readonly unknown[] = []
  #difficulty = 0
  #notify: Buffer | undefined
  #shares: ShareLines = NO_SHARES
  #sent = 0
  #answered = 0
  /** Shares to be sent for now. */
  #wanted = 0
  #window = 1
  readonly #sentAtMs = new Float64Array(MAX_WINDOW)

  constructor(options: MinerOptions, owner: MinerOwner) {
    this.#options = options
    this.#owner = owner
    const { host, port, localAddress } = options
    const onread = { buffer: CHUNK, callback: (length: number) => this.#read(length) }
    this.#socket = connect({ host, port, localAddress, noDelay: true, onread })
    this.#socket.once('connect', () => this.#request(SUBSCRIBE_ID, 'mining.subscribe', ['headframe-bench/1']))
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#lose(error.code ?? error.message))
    this.#socket.once('close', () => this.#lose('closed by the pool'))
  }

  get isReady(): boolean {
    return this.#isReady
  }

  /** Whether every share that was sent has its answer. */
  get isAnswered(): boolean {
    return this.#answered === this.#sent
  }

  /** Without the courtesies of TCP, whose aftermath would hold its port for a minute. */
  close(): void {
    this.#isClosed = true
    this.#socket.resetAndDestroy()
  }

  /** Mines shares of the job it has now; those of earlier calls are forgotten. Takes some 50 us a share. */
  mine(count: number): void {
    this.#shares = mineShares(this.#job(), this.#options.username, FIRST_SHARE_ID, count)
    this.#sent = this.#answered = this.#wanted = 0
  }

  /** Sends the next `count` shares, at most `window` of them unanswered at any time. Throws when there are too few. */
  submit(count: number, window: number): void {
    this.#wanted = this.#sent + count
    if (this.#wanted > this.#shares.count) throw new Error(`only ${this.#shares.count} shares were mined`)
    this.#window = Math.min(window, MAX_WINDOW)
    this.#send()
  }

  /** Sends one more share, whatever is unanswered. False when there is none left, or too many are on the way. */
  submitOne(): boolean {
    if (this.#sent === this.#shares.count || this.#sent - this.#answered === MAX_WINDOW) return false
    this.#wanted = this.#sent + 1
    this.#window = MAX_WINDOW
    this.#send()
    return true
  }

  #read(length: number): boolean {
    this.#readAtMs = monotonicMs()
    try {
      this.#lines.push(CHUNK, length, this.#take)
    } catch (error) {
      this.#lose(error instanceof Error ? error.message : String(error))
      this.#socket.destroy()
    }
    if (this.#sent < this.#wanted) this.#send()
    return true
  }

  #takeLine(bytes: Buffer, start: number, end: number): void {
    const id = acceptedId(bytes, start, end)
    if (id >= FIRST_SHARE_ID) this.#onAccepted(id)
    else if (isNotify(bytes, start, end)) this.#onNotify(bytes, start, end)
    else this.#onMessage(JSON.parse(bytes.toString('utf8', start, end)) as PoolMessage)
  }

  #onAccepted(id: number): void {
    const latencyMs = this.#readAtMs - this.#sentAtMs[this.#answered % MAX_WINDOW]!
    this.#countAnswer(id)
    this.#owner.tally.noteAccepted(latencyMs)
    if (this.#answered === this.#wanted) this.#owner.onFinished()
  }

  #onNotify(bytes: Buffer, start: number, end: number): void {
    if (this.#options.isMining) this.#notify = Buffer.from(bytes.subarray(start, end))
    this.#hasJob = true
    if (!this.#isReady) this.#becomeReady()
    else if (isCleanNotify(bytes, start, end)) this.#owner.onCleanJob(this, this.#readAtMs)
  }

  #onMessage(message: PoolMessage): void {
    const { id, method, params, result, error } = message
    if (method === 'mining.set_difficulty') this.#difficulty = Number(params?.[0])
    else if (method === 'mining.ping')
      this.#socket.write(`{"id":${JSON.stringify(id)},"result":"pong","error":null}\n`)
    else if (method !== undefined || typeof id !== 'number') return
    else if (id >= FIRST_SHARE_ID) this.#onShareAnswer(id, result === true, error?.[0])
    else if (error !== null && error !== undefined) throw new Error(`the pool refuses the miner: ${error[1]}`)
    else this.#onLogin(id, result)
  }

  /** An answer to a share that the scanner did not know, which is nearly always a refusal. */
  #onShareAnswer(id: number, isAccepted: boolean, code: number | undefined): void {
    if (isAccepted) return this.#onAccepted(id)
    this.#countAnswer(id)
    this.#owner.tally.noteRefused(String(code))
    if (this.#answered === this.#wanted) this.#owner.onFinished()
  }

  #onLogin(id: number, result: unknown): void {
    if (id === SUBSCRIBE_ID) {
      this.#subscribed = result as readonly unknown[]
      this.#request(AUTHORIZE_ID, 'mining.authorize', [this.#options.username, 'x'])
    } else {
      this.#isAuthorized = true
      this.#becomeReady()
    }
  }

  #becomeReady(): void {
    if (!this.#isAuthorized || !this.#hasJob) return
    this.#isReady = true
    this.#owner.onReady(this)
  }

  #countAnswer(id: number): void {
    const expected = FIRST_SHARE_ID + this.#answered
    if (id !== expected) throw new Error(`the pool answered request ${id}, and ${expected} was next`)
    this.#answered++
  }

  #send(): void {
    const end = Math.min(this.#wanted, this.#answered + this.#window)
    if (end <= this.#sent) return
    const atMs = monotonicMs()
    const { bytes, ends } = this.#shares
    const from = this.#sent === 0 ? 0 : ends[this.#sent - 1]!
    this.#owner.tally.sent += end - this.#sent
    for (; this.#sent < end; this.#sent++) this.#sentAtMs[this.#sent % MAX_WINDOW] = atMs
    this.#socket.write(bytes.subarray(from, ends[end - 1]))
  }

  #request(id: number, method: string, params: readonly string[]): void {
    this.#socket.write(`${JSON.stringify({ id, method, params })}\n`)
  }

  #job(): PoolJob {
    const [, extranonce1Hex, extranonce2Size] = this.#subscribed
    if (this.#notify === undefined) throw new Error('the miner has no job, or is not for mining')
    const { params } = JSON.parse(this.#notify.toString()) as PoolMessage
    const job = parseNotify(params ?? [], {
      extranonce1: hexToBytes(String(extranonce1Hex)),
      extranonce2Size: Number(extranonce2Size),
      difficulty: this.#difficulty,
      versionMask: 0,
    })
    if (job === undefined) throw new Error('the pool sent a job that makes no sense')
    return job
  }

  #lose(reason: string): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#isReady = false
    this.#owner.onLost(this, reason)
  }
}
