import type { Socket } from 'node:net'
import { LineFramer, type Line } from '@headframe/core/stratum/line-framer'

/** Bytes a peer may leave unread before it is dropped. */
export const MAX_OUTPUT_BYTES = 256 * 1024
/** Answers that may wait for the journal on one connection; a peer that is faster than the disk is dropped. */
export const MAX_WAITING_REPLIES = 4_096
/** Between the last answer and the end of a connection that the pool closes. */
const END_TIMEOUT_MS = 1_000

export type CloseReason =
  | 'peer-closed'
  | 'socket-error'
  | 'line-too-long'
  | 'output-full'
  | 'too-many-waiting'
  | 'handshake-timeout'
  | 'idle'
  | 'too-many-errors'
  | 'no-work'
  | 'journal-failed'
  | 'pool-closing'
  /** A defect of ours that this peer's line has shown; it must not reach the other peers. */
  | 'internal-error'

export interface ConnectionHandlers {
  readonly onLine: (line: Line) => void
  /** `onLine` threw; the connection is closed after this. */
  readonly onFault: (error: unknown) => void
  readonly onClose: (reason: CloseReason) => void
}

interface WaitingReply {
  readonly line: string
  /** The journal position that must be on disk before the line may leave. */
  readonly afterCommit: number
}

/**
 * The bytes of one peer. Replies leave in the order of the requests, each once the journal has reached the position
 * it waits for; what is pushed leaves at once.
 */
export class Connection {
  readonly remoteAddress: string
  readonly #socket: Socket
  readonly #handlers: ConnectionHandlers
  readonly #framer = new LineFramer()
  #waiting: WaitingReply[] = []
  #closeReason: CloseReason | undefined

  constructor(socket: Socket, handlers: ConnectionHandlers) {
    this.#socket = socket
    this.#handlers = handlers
    this.remoteAddress = socket.remoteAddress ?? 'unknown'
    socket.setNoDelay(true)
    socket.setKeepAlive(true, 60_000)
    socket.on('data', (chunk) => this.#onData(chunk))
    socket.on('end', () => this.close('peer-closed'))
    socket.on('error', () => this.close('socket-error'))
    socket.on('close', () => this.close('peer-closed'))
  }

  get isClosed(): boolean {
    return this.#closeReason !== undefined
  }

  /** Whether replies wait for the journal. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0
  }

  /** A line the peer did not ask for: leaves at once. */
  push(line: string | Uint8Array): void {
    if (this.isClosed) return
    this.#socket.write(line)
    if (this.#socket.writableLength > MAX_OUTPUT_BYTES) this.close('output-full')
  }

  /** The answer to a request: leaves behind the answers before it, and not before `afterCommit` is on disk. */
  reply(line: string, afterCommit: number, committed: number): void {
    if (!this.isWaiting && afterCommit <= committed) {
      this.push(line)
      return
    }
    this.#waiting.push({ line, afterCommit })
    if (this.#waiting.length > MAX_WAITING_REPLIES) this.close('too-many-waiting')
  }

  /** The journal has reached `committed`: sends what waited for it. */
  flush(committed: number): void {
    const ready = this.#waiting.findIndex((reply) => reply.afterCommit > committed)
    const leaving = ready === -1 ? this.#waiting : this.#waiting.slice(0, ready)
    this.#waiting = ready === -1 ? [] : this.#waiting.slice(ready)
    this.push(leaving.map((reply) => reply.line).join(''))
  }

  /** Sends what was written before, then ends; a peer that does not take it is cut off. */
  close(reason: CloseReason): void {
    if (this.#closeReason !== undefined) return
    this.#closeReason = reason
    this.#waiting = []
    const isPeerThere = reason !== 'peer-closed' && reason !== 'socket-error' && reason !== 'output-full'
    if (isPeerThere) {
      this.#socket.end()
      setTimeout(() => this.#socket.destroy(), END_TIMEOUT_MS).unref()
    } else this.#socket.destroy()
    this.#handlers.onClose(reason)
  }

  #onData(chunk: Buffer): void {
    // One packet out for the answers to one packet in.
    this.#socket.cork()
    try {
      const fault = this.#framer.push(chunk, (line) => {
        if (!this.isClosed) this.#handlers.onLine(line)
      })
      if (fault !== undefined) this.close(fault)
    } catch (error) {
      this.#handlers.onFault(error)
      this.close('internal-error')
    } finally {
      this.#socket.uncork()
    }
  }
}
