import type { Socket } from 'node:net'
import { LineFramer, type Line } from '@headframe/core/stratum/line-framer'
import type { CloseReason } from './close-reason.js'
import { directFdOf } from './direct-fd.js'
import type { Reader, Turns } from './turns.js'
import { WaitingAnswers } from './waiting-answers.js'

/** Between the last answer and the end of a connection that the pool closes. */
const END_TIMEOUT_MS = 1_000
const KEEPALIVE_MS = 60_000
const LINES = /.*\n/g

export interface ConnectionLimits {
  readonly maxLineBytes: number
  /** Bytes a peer may leave unread, and bytes of answers that may wait for the journal; beyond, it is dropped. */
  readonly maxOutputBytes: number
}

/** What all connections of a process share. */
export interface ConnectionModules {
  readonly journal: CommitProgress
  readonly turns: Turns
}

/** Whoever understands the lines. */
export interface LineReceiver {
  /** Whether this is a miner at work, whose next line is served even in a busy turn. */
  readonly isWorking: boolean
  receive(line: Line): void
  /** `receive` threw; the connection is closed after this. */
  onFault(error: unknown): void
  onClose(reason: CloseReason): void
  /** The first answer that waits for the journal has been queued. */
  onWaiting(): void
}

/** What a connection must know of the journal. Sequence numbers as in `ShareJournal`. */
export interface CommitProgress {
  readonly committedSeq: number
  /** What the group commit now under way will have committed. */
  readonly takenSeq: number
}

/**
 * The bytes of one peer. Replies leave in the order of the requests, each once the journal has reached the position
 * it waits for; what is pushed leaves at once.
 */
export class Connection implements Reader {
  readonly remoteAddress: string
  /** True: no two messages leave in one packet. */
  isSeparating = false
  readonly #socket: Socket
  readonly #limits: ConnectionLimits
  readonly #journal: CommitProgress
  readonly #turns: Turns
  readonly #receiver: LineReceiver
  readonly #framer: LineFramer
  readonly #waiting = new WaitingAnswers()
  /** What this turn's lines have caused to be sent: one packet out for one packet in. */
  #out = ''
  #isReading = false
  #allowance: number
  #replyCount = 0
  /** Answers that the peer has had from the process that brought it here. */
  #repliesToSkip: number
  #closeReason: CloseReason | undefined
  /** Why it ends once nothing waits any more. */
  #endReason: CloseReason | undefined
  /** Nothing is to be read any more. */
  #isPaused = false
  /** Of what has arrived: what was not read yet. The socket gives nothing more until it was. */
  #unread: Buffer | undefined
  /** Lines that may be read before others are served. */
  #linesLeft = 0

  constructor(
    socket: Socket,
    remoteAddress: string,
    limits: ConnectionLimits,
    { journal, turns }: ConnectionModules,
    receiver: LineReceiver,
    answeredCount = 0,
  ) {
    this.#repliesToSkip = answeredCount
    this.#socket = socket
    this.#limits = limits
    this.#journal = journal
    this.#turns = turns
    this.#receiver = receiver
    this.#framer = new LineFramer(limits.maxLineBytes)
    this.#allowance = limits.maxOutputBytes
    this.remoteAddress = remoteAddress
    socket.setNoDelay(true)
    socket.setKeepAlive(true, KEEPALIVE_MS)
    // A peer may go on talking behind the end that it was sent.
    socket.on('data', (chunk: Buffer) => this.isClosed || this.#onData(chunk))
    socket.on('end', () => this.close('peer-closed'))
    socket.on('error', () => this.close('socket-error'))
    socket.on('close', () => this.close('peer-closed'))
  }

  get isClosed(): boolean {
    return this.#closeReason !== undefined
  }

  /** Whether what is pushed now leaves with the answers to what is being read. */
  get isReading(): boolean {
    return this.#isReading
  }

  /** Requests that were answered. */
  get replyCount(): number {
    return this.#replyCount
  }

  /** The socket, when bytes that are sent straight to it keep their order; otherwise -1. */
  get directFd(): number {
    return this.isClosed || this.#out !== '' ? -1 : directFdOf(this.#socket)
  }

  /** Whether replies wait for the journal. */
  get isWaiting(): boolean {
    return !this.#waiting.isEmpty
  }

  /** A line the peer did not ask for: leaves at once. */
  push(line: string | Uint8Array): void {
    if (this.isClosed) return
    if (this.#isReading && !this.isSeparating && typeof line === 'string') {
      this.#out += line
      return
    }
    this.#sendOut()
    this.#socket.write(line)
    if (this.#socket.writableLength > this.#allowance) this.close('output-full')
  }

  /** Lines that have come together, each in a packet of its own. */
  pushApart(lines: string): void {
    for (const line of lines.match(LINES) ?? []) this.push(line)
  }

  /** Like `push`, for bytes that many peers share: they do not count as output of this one until it has read them. */
  pushShared(bytes: Uint8Array): void {
    if (this.isClosed) return
    this.#sendOut()
    this.#allowance += bytes.length
    this.#socket.write(bytes, () => {
      this.#allowance -= bytes.length
    })
  }

  /** The answer to a request: leaves behind the answers before it, and not before `afterCommit` is on disk. */
  reply(line: string, afterCommit: number): void {
    if (this.isClosed) return
    this.#replyCount++
    if (this.#repliesToSkip > 0) {
      this.#repliesToSkip--
      return
    }
    const { committedSeq, takenSeq } = this.#journal
    if (!this.isWaiting) {
      if (afterCommit <= committedSeq) return this.push(line)
      this.#receiver.onWaiting()
    }
    this.#waiting.add(line, afterCommit, takenSeq)
    if (this.#waiting.length > this.#limits.maxOutputBytes) this.close('too-many-waiting')
  }

  /** The journal has reached `committedSeq`: what waited for it, to be written to this connection before all else. */
  takeReady(committedSeq: number): string {
    return this.#waiting.take(committedSeq)
  }

  /** What was ready has been written. */
  settle(): void {
    if (this.#endReason !== undefined && !this.isWaiting) this.close(this.#endReason)
  }

  /** Closes once every answer that waits for the journal has left; nothing more is read. */
  end(reason: CloseReason): void {
    if (!this.isWaiting) return this.close(reason)
    this.#endReason = reason
    this.pause()
  }

  /** Sends what was written before, then ends; a peer that does not take it is cut off. */
  close(reason: CloseReason): void {
    this.#sendOut()
    if (this.#closeReason !== undefined) return
    this.#closeReason = reason
    this.#waiting.clear()
    this.#unread = undefined
    const isPeerThere = reason !== 'peer-closed' && reason !== 'socket-error' && reason !== 'output-full'
    if (isPeerThere) {
      this.#socket.end()
      setTimeout(() => this.#socket.destroy(), END_TIMEOUT_MS).unref()
    } else this.#socket.destroy()
    this.#receiver.onClose(reason)
  }

  /** Reads nothing more; what has arrived already is kept for `detach`. */
  pause(): void {
    this.#isPaused = true
    this.#socket.pause()
  }

  /** Understands bytes that were read from the stream, now paused, before this connection had it; then reads on. */
  replay(bytes: Buffer): void {
    this.#onData(bytes)
    this.#resume()
  }

  /**
   * Gives the socket away, paused, with the bytes that have arrived and were not understood yet. The connection is
   * closed for everybody here.
   */
  detach(): { readonly socket: Socket; readonly unread: Buffer } {
    const unread = Buffer.concat([this.#framer.takeHeld(), this.#unread ?? NOTHING])
    this.#closeReason = 'moved-home'
    this.#socket.removeAllListeners('data').removeAllListeners('end')
    this.#socket.removeAllListeners('close').removeAllListeners('error')
    this.#receiver.onClose('moved-home')
    return { socket: this.#socket, unread }
  }

  /** Its turn has come again: reads on where it had to stop. */
  readOn(): void {
    const unread = this.#unread
    if (unread === undefined || this.#isPaused || this.isClosed) return
    this.#unread = undefined
    this.#onData(unread)
    this.#resume()
  }

  /** Unless there is something left to read first. */
  #resume(): void {
    if (this.#unread === undefined && !this.#isPaused && !this.isClosed) this.#socket.resume()
  }

  #onData(chunk: Buffer): void {
    this.#linesLeft = this.#isPaused ? 0 : this.#turns.allow(this.#receiver.isWorking)
    const readBytes = this.#linesLeft === 0 ? 0 : this.#read(chunk)
    if (readBytes === chunk.length || this.isClosed) return
    this.#unread = chunk.subarray(readBytes)
    this.#socket.pause()
    if (!this.#isPaused) this.#turns.later(this)
  }

  /** How many bytes were read before it had to stop. */
  #read(chunk: Buffer): number {
    this.#isReading = true
    try {
      const fault = this.#framer.push(chunk, this.#onLine)
      if (fault !== undefined) this.close(fault)
    } catch (error) {
      this.#onFault(error)
    }
    this.#isReading = false
    this.#sendOut()
    return this.#framer.consumedBytes
  }

  /** False when it is to stop behind this line. */
  readonly #onLine = (line: Line): boolean => {
    this.#receiver.receive(line)
    this.#linesLeft--
    return this.#linesLeft > 0 && !this.#isPaused && !this.isClosed
  }

  #onFault(error: unknown): void {
    this.#receiver.onFault(error)
    this.close('internal-error')
  }

  #sendOut(): void {
    const text = this.#out
    if (text === '') return
    this.#out = ''
    if (this.isClosed) return
    this.#socket.write(text)
    if (this.#socket.writableLength > this.#allowance) this.close('output-full')
  }
}

const NOTHING = Buffer.alloc(0)
