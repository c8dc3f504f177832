import type { IncomingMessage } from 'node:http'

/** Stands for whatever host it was asked under, which is in the headers. */
const ORIGIN = 'http://here.invalid'

export function headersOf({ headers }: Pick<IncomingMessage, 'headers'>): Headers {
  const all = new Headers()
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) all.set(name, typeof value === 'string' ? value : value.join(', '))
  return all
}

/** A request without a body. Undefined where its path is none. */
export function incomingRequest(incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  const url = URL.parse(`${ORIGIN}${incoming.url ?? ''}`)
  return url === null ? undefined : new Request(url, { headers: headersOf(incoming), signal })
}
