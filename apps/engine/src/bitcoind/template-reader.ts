import { Worker } from 'node:worker_threads'
import type { BlockCost } from '@headframe/core/template/fit-transactions'
import { TemplateError, type TemplateErrorCode } from '@headframe/core/template/template-error'
import { parseReply, type ReadTemplate } from './parse-reply.js'

export interface ToThread {
  readonly id: number
  readonly body: Uint8Array
  readonly reserve: BlockCost
}

export type FromThread =
  | { readonly id: number; readonly read: ReadTemplate }
  | {
      readonly id: number
      readonly failure: {
        readonly message: string
        readonly known: { readonly code: TemplateErrorCode; readonly field: string } | undefined
      }
    }

interface Waiting {
  readonly resolve: (read: ReadTemplate) => void
  readonly reject: (error: Error) => void
}

/** Larger answers are read by a thread. A smaller one takes a few ms at most, and the thread's answer would be later. */
export const THREAD_FROM_BYTES = 512 * 1024
/** Answers waiting for the thread: two a node. Beyond it the newest is refused, and asked for again. */
const MAX_WAITING = 16

/**
 * Reads templates, large ones in a thread of its own: a full one has about 10 MB of JSON, and who parses that hears of
 * no new tip meanwhile. A thread that dies is started again with the next template.
 */
export class TemplateReader {
  readonly #reserve: BlockCost
  readonly #threadUrl: URL
  readonly #waiting = new Map<number, Waiting>()
  #thread: Worker | undefined
  #nextId = 1

  /**
   * Each template is made to have room for a coinbase of the cost `reserve`. `threadUrl` is the compiled
   * `template-thread`, where it is not beside this.
   */
  constructor(reserve: BlockCost, threadUrl = new URL('./template-thread.js', import.meta.url)) {
    this.#reserve = reserve
    this.#threadUrl = threadUrl
  }

  /** Takes the bytes over. Rejects with TemplateError, or another Error when it is no answer of a node. */
  async read(body: Uint8Array): Promise<ReadTemplate> {
    if (body.length < THREAD_FROM_BYTES) return parseReply(body, this.#reserve)
    if (this.#waiting.size >= MAX_WAITING) throw new Error('too many templates are waiting to be read')
    this.#thread ??= this.#start()
    const id = this.#nextId++
    const answer = new Promise<ReadTemplate>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    // Buffers of the pool share their memory with others; one of this size is alone in it.
    this.#thread.postMessage({ id, body, reserve: this.#reserve } satisfies ToThread, [
      body.buffer as ArrayBuffer,
    ])
    return answer
  }

  async close(): Promise<void> {
    await this.#thread?.terminate()
  }

  #start(): Worker {
    const thread = new Worker(this.#threadUrl)
    thread.on('message', (message: FromThread) => this.#settle(message))
    thread.on('error', () => undefined)
    thread.on('exit', () => this.#onExit(thread))
    return thread
  }

  #settle(message: FromThread): void {
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if ('read' in message) return waiting?.resolve(message.read)
    const { message: text, known } = message.failure
    waiting?.reject(known === undefined ? new Error(text) : restored(known.code, known.field, text))
  }

  #onExit(thread: Worker): void {
    if (this.#thread === thread) this.#thread = undefined
    for (const { reject } of this.#waiting.values())
      reject(new Error('the thread that reads templates ended'))
    this.#waiting.clear()
  }
}

/** The message of a TemplateError already begins with its field. */
function restored(code: TemplateErrorCode, field: string, message: string): TemplateError {
  return new TemplateError(code, field, message.slice(field.length + 2))
}
