import { getTRPCErrorFromUnknown } from '@trpc/server'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { poolSettings, type RequestContext } from '../context'
import { refuse } from '../error/refuse'
import { tellError } from '../error/tell'
import { logError } from '../log'
import { openTo } from '../rest/cors'
import { problemAnswer } from '../rest/problem'
import { changesSchema } from '../routers/live/changes.schema'
import { SECURITY_HEADERS } from '../security-headers'
import type { Door } from './door'
import { headersOf } from './incoming-request'

/** Of `live.changes`, by REST. */
export const LIVE_PATH = '/api/v1/live'

export interface StreamDoorModules {
  /** As that of /api/v1. */
  readonly contextOf: (request: { readonly headers: Headers }, answer: Headers) => Promise<RequestContext>
}

/**
 * The live stream in front of Next, which keeps some two hundred kilobytes for each request that it has not answered yet:
 * here an open page is its socket and its answer. Whatever is not plainly a request for the stream goes on to Next,
 * where `live.changes` answers as any procedure does.
 */
export function streamDoor(modules: StreamDoorModules): Door {
  return (incoming, outgoing) => {
    if (incoming.method !== 'GET' || incoming.url !== LIVE_PATH) return false
    void admit(incoming, outgoing, modules)
    return true
  }
}

async function admit(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { contextOf }: StreamDoorModules,
): Promise<void> {
  const headers = openTo({ method: 'GET' })
  for (const { key, value } of SECURITY_HEADERS) headers.set(key, value)
  try {
    const context = await contextOf({ headers: headersOf(incoming) }, headers)
    await context.meter?.take(context.viewer, changesSchema.cost)
    // Learns the network, and with it which channel to listen to.
    await poolSettings(context)
    if (!outgoing.destroyed) seat(context, outgoing, headers)
  } catch (thrown) {
    const error = getTRPCErrorFromUnknown(thrown)
    const told = tellError(error)
    if (told.reason === 'internal') logError(`GET ${LIVE_PATH} failed`, error.cause ?? error)
    const problem = problemAnswer(told, headers)
    outgoing.writeHead(problem.status, Object.fromEntries(headers)).end(await problem.text())
  }
}

/** Throws ApiError when there is no room. */
function seat({ live, meter, viewer }: RequestContext, outgoing: ServerResponse, headers: Headers): void {
  const caller = meter?.callerOf(viewer) ?? ''
  const leave = live.join(
    () =>
      outgoing.writeHead(200, {
        ...Object.fromEntries(headers),
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        // A proxy of this kind would keep events until it has many.
        'x-accel-buffering': 'no',
      }),
    caller,
  )
  if (typeof leave === 'string') throw refuse(leave)
  outgoing.once('close', leave)
}
