import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'

export interface RpcOptions {
  /** `http://user:password@host:port`; the user and password may come from the cookie file instead. */
  readonly url: string
  readonly cookieFile?: string | undefined
  readonly timeoutMs?: number
  readonly observe?: RpcObserver | undefined
}

export type RpcOutcome = 'answered' | 'refused' | 'unavailable'

/** Told of each call when it ends. */
export type RpcObserver = (method: string, tookMs: number, outcome: RpcOutcome) => void

/** The node answered, and its answer is an error (JSON-RPC `error` object; codes: Bitcoin Core `src/rpc/protocol.h`). */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  readonly code: number

  constructor(method: string, code: number, message: string) {
    super(`${method}: ${message} (${code})`)
    this.code = code
  }
}

/** No answer that can be used: refused, timed out, warming up, wrong credentials. The same call may work later. */
export class RpcUnavailable extends Error {
  override readonly name = 'RpcUnavailable'

  constructor(method: string, reason: string) {
    super(`${method}: ${reason}`)
  }
}

const DEFAULT_TIMEOUT_MS = 30_000
const MAX_SOCKETS = 16
/** A full block template is about 10 MB; a longer answer is refused. */
const MAX_REPLY_BYTES = 64 * 1024 * 1024
/** RPC_IN_WARMUP: the node is loading its block index. */
const CODE_IN_WARMUP = -28

interface Sending {
  readonly signal?: AbortSignal | undefined
  readonly onSent?: () => void
}

interface TextSending {
  readonly onSent?: () => void
  readonly frame?: { readonly before: string; readonly behind: string }
}

const PLAIN_TEXT = { before: '"', behind: '"' }

/** A kept connection was closed under a call: mostly by the node for having been idle, in the very moment of the call. */
class StaleConnection extends Error {}

interface Reply {
  readonly status: number
  readonly body: Buffer
}

/**
 * JSON-RPC over one node's HTTP port, with connections kept open. A call whose kept connection turns out to be closed
 * is made once more on a new one, so each call has to be one that may reach the node twice.
 */
export class RpcClient {
  readonly #url: URL
  readonly #cookieFile: string | undefined
  readonly #timeoutMs: number
  readonly #observe: RpcObserver | undefined
  readonly #agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, noDelay: true })
  #auth: string | undefined
  #nextId = 1

  constructor(options: RpcOptions) {
    this.#url = new URL(options.url)
    this.#cookieFile = options.cookieFile
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
    this.#observe = options.observe
    if (this.#url.username !== '') {
      this.#auth = `${decodeURIComponent(this.#url.username)}:${decodeURIComponent(this.#url.password)}`
    }
  }

  /** Throws RpcError when the node says no, RpcUnavailable when it says nothing of use. */
  async call<T>(method: string, params: readonly unknown[] = [], signal?: AbortSignal): Promise<T> {
    return this.#watched(method, async () => parseReply(method, await this.#ask(method, params, signal)) as T)
  }

  /**
   * The node's whole answer (`{"result":...,"error":...}`) as bytes, for what is large and parsed elsewhere. A refusal
   * is thrown as by `call`: the node gives it another HTTP status.
   */
  async callRaw(method: string, params: readonly unknown[] = [], signal?: AbortSignal): Promise<Buffer> {
    return this.#watched(method, async () => {
      const reply = await this.#ask(method, params, signal)
      if (reply.status !== 200) parseReply(method, reply)
      return reply.body
    })
  }

  /**
   * A call with one text as its only parameter, which is given in pieces of ASCII that JSON has no escapes for: they
   * go to the socket as they are, however many megabytes. `onSent`: the first of it is with the kernel. `frame`: JSON
   * around the text, where it is a part of the parameter.
   */
  async callWithText<T>(
    method: string,
    pieces: readonly Uint8Array[],
    { onSent = () => undefined, frame = PLAIN_TEXT }: TextSending = {},
  ): Promise<T> {
    const { before, behind } = frame
    const head = `{"jsonrpc":"1.0","id":${this.#nextId++},"method":${JSON.stringify(method)},"params":[${before}`
    const body = [Buffer.from(head), ...pieces, Buffer.from(`${behind}]}`)]
    return this.#watched(
      method,
      async () => parseReply(method, await this.#send(method, body, { onSent })) as T,
    )
  }

  /** Drops idle connections; calls under way fail. */
  close(): void {
    this.#agent.destroy()
  }

  async #watched<T>(method: string, answer: () => Promise<T>): Promise<T> {
    const startedAtMs = performance.now()
    let outcome: RpcOutcome = 'answered'
    try {
      return await answer()
    } catch (error) {
      outcome = error instanceof RpcError ? 'refused' : 'unavailable'
      throw error
    } finally {
      this.#observe?.(method, performance.now() - startedAtMs, outcome)
    }
  }

  async #ask(method: string, params: readonly unknown[], signal: AbortSignal | undefined): Promise<Reply> {
    const body = [Buffer.from(JSON.stringify({ jsonrpc: '1.0', id: this.#nextId++, method, params }))]
    return this.#send(method, body, { signal })
  }

  async #send(method: string, body: readonly Uint8Array[], sending: Sending): Promise<Reply> {
    const reply = await this.#postSurely(
      method,
      body,
      this.#auth ?? (await this.#credentials(method)),
      sending,
    )
    if (reply.status !== 401 || this.#cookieFile === undefined) return reply
    // The node writes a new cookie at each start.
    this.#auth = undefined
    return this.#postSurely(method, body, await this.#credentials(method), sending)
  }

  async #postSurely(...call: [string, readonly Uint8Array[], string, Sending]): Promise<Reply> {
    try {
      return await this.#post(this.#agent, ...call)
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error
      return this.#post(false, ...call)
    }
  }

  async #credentials(method: string): Promise<string> {
    if (this.#auth === undefined && this.#cookieFile !== undefined) {
      try {
        this.#auth = (await readFile(this.#cookieFile, 'utf8')).trim()
      } catch (error) {
        throw new RpcUnavailable(method, `the node's cookie file cannot be read: ${(error as Error).message}`)
      }
    }
    return this.#auth ?? ''
  }

  #post(
    agent: Agent | false,
    method: string,
    body: readonly Uint8Array[],
    auth: string,
    { signal, onSent }: Sending,
  ): Promise<Reply> {
    const length = body.reduce((sum, piece) => sum + piece.length, 0)
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => reject(new RpcUnavailable(method, reason))
      const outgoing = request(
        {
          host: this.#url.hostname,
          port: this.#url.port === '' ? 80 : Number(this.#url.port),
          path: this.#url.pathname,
          method: 'POST',
          agent,
          auth,
          timeout: this.#timeoutMs,
          headers: { 'content-type': 'application/json', 'content-length': length },
          ...(signal === undefined ? {} : { signal }),
        },
        (incoming) => {
          const chunks: Buffer[] = []
          let size = 0
          incoming.on('data', (chunk: Buffer) => {
            size += chunk.length
            if (size > MAX_REPLY_BYTES)
              outgoing.destroy(new Error(`the answer exceeds ${MAX_REPLY_BYTES} bytes`))
            else chunks.push(chunk)
          })
          incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks) }))
          incoming.on('error', (error) => fail(error.message))
        },
      )
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${this.#timeoutMs} ms`)))
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        const isStale = outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
        if (isStale) reject(new StaleConnection(error.message))
        else fail(error.message)
      })
      // Node writes to the socket in the turn after it has told of it.
      if (onSent !== undefined) outgoing.once('socket', () => queueMicrotask(onSent))
      const [first, ...rest] = body
      if (rest.length === 0) return void outgoing.end(first)
      // Megabytes keep the kernel busy for a while: calls to other nodes begin to leave before them.
      outgoing.write(first)
      setImmediate(() => {
        if (outgoing.destroyed) return
        for (const piece of rest) outgoing.write(piece)
        outgoing.end()
      })
    })
  }
}

/** Throws as `RpcClient.call` does. */
function parseReply(method: string, reply: Reply): unknown {
  if (reply.status === 401 || reply.status === 403) {
    throw new RpcUnavailable(method, 'the node refuses the user and password (see BITCOIND_URLS)')
  }
  const text = reply.body.toString('utf8')
  let parsed: { result?: unknown; error?: { code: number; message: string } | null }
  try {
    parsed = JSON.parse(text) as typeof parsed
  } catch {
    throw new RpcUnavailable(method, `the answer (HTTP ${reply.status}) is not JSON: ${text.slice(0, 80)}`)
  }
  if (parsed.error === null || parsed.error === undefined) return parsed.result
  if (parsed.error.code === CODE_IN_WARMUP) throw new RpcUnavailable(method, parsed.error.message)
  throw new RpcError(method, parsed.error.code, parsed.error.message)
}
