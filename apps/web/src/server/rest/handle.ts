import { getTRPCErrorFromUnknown } from '@trpc/server'
import type { RequestContext } from '../context'
import { refuse } from '../error/refuse'
import { tellError } from '../error/tell'
import { logError } from '../log'
import { appRouter } from '../routers/root'
import { callerFactory } from '../trpc'
import { openTo, preflight } from './cors'
import { eventStream } from './events'
import { problemAnswer } from './problem'
import { readInput, refuseTokens } from './read-input'
import { RouteTable, type FoundRoute } from './route-table'
import { writeJson } from './write-json'

const table = new RouteTable(appRouter)
const createCaller = callerFactory(appRouter)

/** What everybody gets alike may be kept for as long as the server keeps it. */
const SHARED = 'public, max-age=1'
const PRIVATE = 'no-store'

export interface RestModules {
  /** Who asks, and what he works with; headers that it sets go out with the answer. Throws ApiError. */
  readonly contextOf: (request: Request, answer: Headers) => Promise<RequestContext>
}

export const REST_PATH = '/api/v1'

/** Answers a request below /api/v1. */
export async function handleRest(request: Request, modules: RestModules): Promise<Response> {
  const { pathname } = new URL(request.url)
  const pieces = pathname
    .slice(REST_PATH.length + 1)
    .split('/')
    .map(decoded)
  const headers = openTo(request)
  if (request.method === 'OPTIONS') return preflight(table.methodsOf(pieces), headers)
  try {
    const found = findRoute(request, pieces, headers)
    const context = await modules.contextOf(request, headers)
    const input = await readInput(found.route.spec, found.params, request)
    return await answer(found, input, context, request, headers)
  } catch (thrown) {
    const error = getTRPCErrorFromUnknown(thrown)
    const told = tellError(error)
    if (told.reason === 'internal')
      logError(`${request.method} ${REST_PATH}/${pieces[0] ?? ''} failed`, error.cause ?? error)
    return problemAnswer(told, headers)
  }
}

/** A piece that cannot be decoded is taken as it came, and found to be wrong later. */
function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece)
  } catch {
    return piece
  }
}

function findRoute(request: Request, pieces: readonly string[], headers: Headers): FoundRoute {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const found = table.find(method, pieces)
  if (found !== undefined) return found
  const methods = table.methodsOf(pieces)
  refuseTokens(new URL(request.url).searchParams)
  if (methods.length === 0)
    throw refuse('not-found', 'The API has no such path; /api/v1/openapi.json has all.')
  headers.set('allow', methods.join(', '))
  throw refuse('method-not-allowed', `This path takes ${methods.join(' and ')}.`)
}

async function answer(
  { route: { name, spec } }: FoundRoute,
  input: unknown,
  context: RequestContext,
  request: Request,
  headers: Headers,
): Promise<Response> {
  const leaving = new AbortController()
  const signal = AbortSignal.any([request.signal, leaving.signal])
  const given = await call(name, input, context, signal)
  const isShared = spec.access === 'anybody' && spec.rest.method === 'GET' && spec.isPersonal !== true
  headers.set('cache-control', isShared ? SHARED : PRIVATE)
  if (spec.streams === true) {
    headers.set('content-type', 'text/event-stream')
    headers.set('cache-control', PRIVATE)
    const events = (given as AsyncIterable<unknown>)[Symbol.asyncIterator]()
    return new Response(
      eventStream(events, context.nowMs(), () => leaving.abort()),
      { headers },
    )
  }
  if (given === null) throw refuse('not-found', spec.absent)
  headers.set('content-type', 'application/json')
  return new Response(writeJson(given ?? {}), { headers })
}

type Callable = (input: unknown) => Promise<unknown>

/** A procedure by its name, `noun.verb`. */
function call(name: string, input: unknown, context: RequestContext, signal: AbortSignal): Promise<unknown> {
  const caller = createCaller(context, { signal }) as unknown as Record<string, Record<string, Callable>>
  const [noun = '', verb = ''] = name.split('.')
  return caller[noun]![verb]!(input)
}
