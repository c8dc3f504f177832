/**
 * The workers of a miner that are down: at once, and again whenever shares come in. Needs nothing but Node.
 *
 *     POOL=https://pool.example ADDRESS=bc1q... npx tsx watch-workers.ts
 *
 * With TOKEN it calls under the budget of that token. `--once` ends after the first look.
 */

/** What this program uses of `GET /miners/{address}/workers`; the answer has more. */
interface Workers {
  readonly workers: readonly {
    readonly name: string
    /** Milliseconds since 1970; absent when nothing was ever accepted. */
    readonly lastShareAtMs?: number
    readonly presence: { readonly state: 'online' | 'offline' | 'unknown' }
  }[]
}

/** The data of an event of `GET /live`. */
interface Change {
  readonly topics: readonly string[]
  readonly feed: 'live' | 'away'
}

/** An error of the API (RFC 9457). */
interface Problem {
  readonly code: string
  readonly detail: string
  readonly action: string
}

export interface WatchOptions {
  readonly pool: string
  readonly address: string
  readonly token?: string | undefined
  readonly once?: boolean
  readonly signal?: AbortSignal
}

/** Nobody looks more often than this, however many shares come in. */
const LOOK_AGAIN_MS = 5_000

/** Gives the names of those that are down: at once, and whenever they have changed. */
export async function* watchWorkers(options: WatchOptions): AsyncGenerator<readonly string[]> {
  const down = await readDown(options)
  yield down
  if (options.once === true) return
  let told = JSON.stringify(down)
  let lookedAtMs = Date.now()
  for await (const { topics, feed } of followChanges(options)) {
    const isNews = topics.includes('shares') || feed === 'away'
    if (!isNews || Date.now() - lookedAtMs < LOOK_AGAIN_MS) continue
    lookedAtMs = Date.now()
    const now = await readDown(options)
    if (JSON.stringify(now) !== told) yield now
    told = JSON.stringify(now)
  }
}

async function readDown(options: WatchOptions): Promise<string[]> {
  const response = await ask(options, `/miners/${encodeURIComponent(options.address)}/workers`)
  const { workers } = (await response.json()) as Workers
  return workers.filter(({ presence }) => presence.state === 'offline').map(({ name }) => name)
}

/** Events of the stream, as they come; ends when it breaks off. */
async function* followChanges(options: WatchOptions): AsyncGenerator<Change> {
  const response = await ask(options, '/live')
  let text = ''
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
    const events = (text + piece).split('\n\n')
    text = events.pop()!
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1]
      if (data !== undefined) yield JSON.parse(data) as Change
    }
  }
}

async function ask({ pool, token, signal }: WatchOptions, path: string): Promise<Response> {
  const response = await fetch(`${pool}/api/v1${path}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(signal === undefined ? {} : { signal }),
  })
  if (response.ok) return response
  const { code, detail, action } = (await response.json()) as Problem
  throw new Error(`${code}: ${detail} ${action}`)
}

/** When it is run, and not imported. */
if (process.argv[1]?.endsWith('watch-workers.ts') === true) {
  const { POOL: pool = 'http://127.0.0.1:3000', ADDRESS: address = '', TOKEN: token } = process.env
  const once = process.argv.includes('--once')
  for await (const down of watchWorkers({ pool, address, token, once })) {
    console.log(
      down.length === 0
        ? 'All workers are up.'
        : `Down: ${down.map((name) => name || '(no name)').join(', ')}`,
    )
  }
}
