import { request as requestHttp, type IncomingHttpHeaders } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isPinned, type PinnedTarget, type TargetGuard } from './target-guard.js'

/** From the first look at a URL to the last byte of the answer. */
export const SEND_TIMEOUT_MS = 15_000
/** Of an answer; what says no more in this has nothing to say. */
const MAX_ANSWER_BYTES = 16_384

export interface Posted {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface Post {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
  /** The URL is the operator's own setting, and leads where it leads. */
  readonly isTrusted?: boolean
}

export interface PosterOptions {
  readonly guard: TargetGuard
  readonly timeoutMs?: number
}

/**
 * Posts JSON: one connection a request, redirects not followed, bounded in time and bytes. Rejects with TargetRefused, or
 * with what went wrong on the way.
 */
export class Poster {
  readonly #guard: TargetGuard
  readonly #timeoutMs: number

  constructor({ guard, timeoutMs = SEND_TIMEOUT_MS }: PosterOptions) {
    this.#guard = guard
    this.#timeoutMs = timeoutMs
  }

  async post(post: Post): Promise<Posted> {
    const { promise: late, cancel } = deadline(this.#timeoutMs)
    try {
      const pinned =
        post.isTrusted === true ? undefined : await Promise.race([this.#guard.pin(post.url), late])
      const signal = AbortSignal.timeout(this.#timeoutMs)
      return await Promise.race([exchange(post, pinned, signal), late])
    } finally {
      cancel()
    }
  }
}

function exchange(
  { url, headers, body }: Post,
  pinned: PinnedTarget | undefined,
  signal: AbortSignal,
): Promise<Posted> {
  const request = new URL(url).protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      agent: false,
      signal,
      ...(pinned === undefined ? {} : { lookup: pinned.lookup }),
      headers: {
        'user-agent': 'Headframe',
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...headers,
      },
    }
    const sent = request(url, options, (response) => {
      let text = ''
      response.setEncoding('utf8')
      const done = (): void => resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      response.on('data', (part: string) => {
        text += part
        if (text.length < MAX_ANSWER_BYTES) return
        text = text.slice(0, MAX_ANSWER_BYTES)
        done()
        response.destroy()
      })
      response.on('end', done)
      response.on('error', reject)
    })
    sent.on('socket', (socket) => {
      socket.once('connect', () => {
        if (pinned !== undefined && !isPinned(pinned, socket.remoteAddress))
          sent.destroy(new Error('another address was connected to than was looked at'))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Rejects after so long; nobody needs to listen. */
export function deadline(ms: number): { readonly promise: Promise<never>; readonly cancel: () => void } {
  let timer: NodeJS.Timeout
  const promise = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms / 1_000} s`)), ms)
  })
  promise.catch(() => undefined)
  return { promise, cancel: () => clearTimeout(timer) }
}
