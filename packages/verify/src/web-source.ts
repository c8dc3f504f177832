import { setTimeout as sleep } from 'node:timers/promises'
import { SourceError, textOf, type LogSource } from './log-source.js'

/** A server that says nothing for so long has gone. */
const SILENCE_MS = 30_000
/** Tries of one file, as long as nothing of it has come. */
const ATTEMPTS = 3
const RETRY_AFTER_MS = 1_000
/** What a server may ask for at most: pools count by the minute. */
const MAX_RETRY_AFTER_MS = 65_000
/** Too many requests, and what a server or a proxy says that is on its way back. */
const TRY_AGAIN = new Set([429, 502, 503, 504])

/** A log below a URL. */
export class WebSource implements LogSource {
  readonly name: string
  readonly #silenceMs: number

  /** Of `http:` or `https:`. */
  constructor(url: URL, silenceMs = SILENCE_MS) {
    this.name = url.href.replace(/\/*$/, '')
    this.#silenceMs = silenceMs
  }

  async readText(path: string, maxBytes: number): Promise<string | undefined> {
    const chunks = await this.open(path)
    return chunks && textOf(chunks, maxBytes, `${this.name}/${path}`)
  }

  async open(path: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    const url = `${this.name}/${path}`
    const watch = new SilenceWatch(this.#silenceMs)
    const response = await this.#get(url, watch)
    if (response.status === 404 || response.status === 410) return undefined
    if (!response.ok || response.body === null) throw new SourceError(`${url} answers ${response.status}`)
    return watched(response.body, watch, url)
  }

  async #get(url: string, watch: SilenceWatch): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      let waitMs = RETRY_AFTER_MS * attempt
      try {
        watch.heard()
        const response = await fetch(url, { signal: watch.signal })
        if (attempt === ATTEMPTS || !TRY_AGAIN.has(response.status)) return response
        await response.body?.cancel()
        waitMs = Math.max(waitMs, askedMs(response))
      } catch (error) {
        if (attempt === ATTEMPTS || watch.signal.aborted) throw unreachable(url, error)
      }
      // Nobody is silent meanwhile: that is how long we were told to wait.
      watch.end()
      await sleep(waitMs)
    }
  }
}

/** How long a server asks to be left alone (RFC 9110, 10.2.3), as far as it is heard. */
function askedMs({ headers }: Response): number {
  const seconds = /^\d{1,6}$/.exec(headers.get('retry-after') ?? '')?.[0] ?? '0'
  return Math.min(Number(seconds) * 1_000, MAX_RETRY_AFTER_MS)
}

/** Aborts what has said nothing for too long. */
class SilenceWatch {
  readonly #controller = new AbortController()
  readonly #ms: number
  #timer: NodeJS.Timeout | undefined

  constructor(ms: number) {
    this.#ms = ms
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  heard(): void {
    this.end()
    this.#timer = setTimeout(() => this.#controller.abort(new Error(`nothing for ${this.#ms} ms`)), this.#ms)
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}

async function* watched(
  body: ReadableStream<Uint8Array>,
  watch: SilenceWatch,
  url: string,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      watch.heard()
      yield chunk
    }
  } catch (error) {
    throw unreachable(url, error)
  } finally {
    watch.end()
  }
}

function unreachable(url: string, error: unknown): SourceError {
  const { message, cause } = error as Error
  const reason = cause instanceof Error ? cause.message : message
  return new SourceError(`${url} cannot be read: ${reason}`, { cause: error })
}
