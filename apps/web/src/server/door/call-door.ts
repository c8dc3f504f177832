import type { IncomingMessage, ServerResponse } from 'node:http'
import { logError } from '../log'
import type { Door } from './door'
import { incomingRequest } from './incoming-request'
import { sendAnswer } from './send-answer'

/** Who answers what lies below a path. */
export interface CallRoute {
  readonly below: string
  readonly answer: (request: Request) => Promise<Response>
}

/** A document that is the same for as long as the server runs: Next keeps it. */
const DOCUMENT = '.json'

/**
 * What pages and programs read of the API, in front of Next, whose own work for each request is as much as that of
 * several calls. What changes something goes on to Next, where the same code answers.
 */
export function callDoor(routes: readonly CallRoute[]): Door {
  return (incoming, outgoing) => {
    const [path = ''] = (incoming.url ?? '').split('?', 1)
    const route = routes.find(({ below }) => path.startsWith(`${below}/`))
    if (incoming.method !== 'GET' || route === undefined || path.endsWith('/') || path.endsWith(DOCUMENT))
      return false
    const leaving = new AbortController()
    const request = incomingRequest(incoming, leaving.signal)
    if (request === undefined) return false
    outgoing.once('close', () => leaving.abort())
    void answer(route, request, incoming, outgoing)
    return true
  }
}

async function answer(
  { below, answer }: CallRoute,
  request: Request,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  try {
    await sendAnswer(await answer(request), incoming, outgoing)
  } catch (error) {
    logError(`GET ${below} failed`, error)
    if (!outgoing.headersSent) outgoing.writeHead(500)
    outgoing.end()
  }
}
