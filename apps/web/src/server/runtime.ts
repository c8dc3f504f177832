import 'server-only'
import { openDatabase } from '@headframe/db/database'
import { loadWebOptions, type WebOptions } from '../env'
import { MomentCache } from './cache'
import { poolSettings, type Context, type RequestContext } from './context'
import { callDoor } from './door/call-door'
import { doorOf, type Door } from './door/door'
import { streamDoor } from './door/stream-door'
import { readViewKeys } from './account/view-key'
import { ApiError } from './error/refuse'
import { meterOf, type Meter } from './limit/meter'
import { ownPeerOf, peerOf } from './limit/peer'
import { RateLimiter } from './limit/rate-limiter'
import { LiveFeed } from './live/live-feed'
import { tellOfOwnProgram } from './live/own-program'
import { connectRedis } from './live/redis'
import { MAX_STREAMS_OF_CALLER } from './live/seats'
import { ConsoleKey } from './operators/console-key'
import { readViewer } from './read-viewer'
import { handleRest, REST_PATH } from './rest/handle'
import { handleRpc, RPC_PATH } from './rpc/handle'
import { siteOf } from './site'
import { VISITOR } from './viewer'

const MAX_DATABASE_CONNECTIONS = 10
/** A page that waits longer than this is better off with an error and a button to try again. */
const STATEMENT_TIMEOUT_MS = 5_000
const HOUR_MS = 3_600_000

/** Next evaluates a module once a bundle, and there are several; what a process has one of hangs here. */
const holder = globalThis as {
  headframeContext?: Context
  headframeOptions?: WebOptions
  headframeLimiter?: RateLimiter
  /** `web.mjs` asks it before Next. */
  headframeDoor?: Door
}

/** What the server process has one of, made when first asked for. Throws ConfigError. */
export function serverContext(): Context {
  holder.headframeContext ??= createContext(serverOptions())
  holder.headframeDoor ??= createDoor(holder.headframeContext)
  return holder.headframeContext
}

function createDoor({ publicUrl }: Context): Door {
  return doorOf(
    streamDoor({ contextOf: tokenContext }),
    callDoor([
      { below: RPC_PATH, answer: (request) => handleRpc(request, { publicUrl, contextOf: requestContext }) },
      { below: REST_PATH, answer: (request) => handleRest(request, { contextOf: tokenContext }) },
    ]),
  )
}

/**
 * The same, and who asks by these headers; his calls are counted, and `answer` gets the headers that say so. A wrong
 * token counts as an attempt to prove something.
 */
export async function requestContext(headers: Headers, answer = new Headers()): Promise<RequestContext> {
  const context = serverContext()
  const { WEB_CLIENT_ADDRESS_HEADER: trusted } = serverOptions()
  const meter = meterOf(serverLimiter(), peerOf(headers, trusted), answer)
  const peer = ownPeerOf(headers, trusted)
  try {
    const viewKeys = readViewKeys(headers, context.publicUrl)
    const site = siteOf(headers, context.publicUrl)
    const asked = { meter, viewKeys, host: new URL(site.origin).host, site, peer, foundMiners: new Map() }
    return { ...context, ...asked, viewer: await readViewer(context, headers) }
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'token-invalid') await meter.take(VISITOR, 'proof')
    throw error
  }
}

/** The same for /api/v1, which knows tokens and no cookies: no other page can act for who is signed in here. */
export function tokenContext(request: Pick<Request, 'headers'>, answer: Headers): Promise<RequestContext> {
  const headers = new Headers(request.headers)
  headers.delete('cookie')
  return requestContext(headers, answer)
}

/** Counts by the address alone, whoever asks. */
export function addressMeter(headers: Headers, answer: Headers): Meter {
  return meterOf(serverLimiter(), peerOf(headers, serverOptions().WEB_CLIENT_ADDRESS_HEADER), answer)
}

function serverOptions(): WebOptions {
  return (holder.headframeOptions ??= loadWebOptions())
}

function serverLimiter(): RateLimiter {
  return (holder.headframeLimiter ??= new RateLimiter({
    redis: serverContext().live.commands,
    nowMs: Date.now,
    factor: serverOptions().WEB_RATE_LIMIT_FACTOR,
  }))
}

/** A limit like those of calls: more by the same factor, and none with 0. */
function streamsOfCaller(factor: number): number {
  return factor === 0 ? Infinity : Math.max(1, Math.floor(MAX_STREAMS_OF_CALLER * factor))
}

function createContext(options: WebOptions): Context {
  const url = new URL(options.DATABASE_URL)
  url.searchParams.set('statement_timeout', String(STATEMENT_TIMEOUT_MS))
  const database = openDatabase({ url: url.href, maxConnections: MAX_DATABASE_CONNECTIONS, isPrepared: true })
  const live = new LiveFeed({
    redis: connectRedis(options.REDIS_URL),
    nowMs: Date.now,
    maxOfCaller: streamsOfCaller(options.WEB_RATE_LIMIT_FACTOR),
  })
  // Next waits for open answers before it stops; the streams of open pages would never end by themselves.
  process.once('SIGTERM', () => live.close())
  process.once('SIGINT', () => live.close())
  const context: Context = {
    database,
    live,
    cache: new MomentCache(Date.now),
    nowMs: Date.now,
    stratumHost: options.STRATUM_PUBLIC_HOST,
    publicUrl: options.WEB_PUBLIC_URL,
    consoleKey: new ConsoleKey(options.CONSOLE_KEY_FILE),
    payoutAddressDelayMs: options.PAYOUT_ADDRESS_DELAY_HOURS * HOUR_MS,
  }
  tellOfOwnProgram(live, async () => (await poolSettings(context))?.network, Date.now)
  return context
}
