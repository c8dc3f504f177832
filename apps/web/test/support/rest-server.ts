import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { RequestContext } from '../../src/server/context'
import { handleRest } from '../../src/server/rest/handle'

export interface RestServer {
  readonly url: string
  readonly close: () => Promise<void>
}

/** The REST API behind a port, as Next would hand it requests. */
export async function serveRest(
  contextOf: (request: Request) => Promise<RequestContext>,
): Promise<RestServer> {
  const leaving = new AbortController()
  const server = createServer((incoming, outgoing) => {
    const left = new AbortController()
    outgoing.on('close', () => left.abort())
    const headers = new Headers(incoming.headers as Record<string, string>)
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
    const request = new Request(url, { method: incoming.method ?? 'GET', headers, signal: left.signal })
    void handleRest(request, { contextOf }).then((response) => {
      outgoing.writeHead(response.status, Object.fromEntries(response.headers))
      if (response.body === null) return outgoing.end()
      return Readable.fromWeb(response.body as ReadableStream, { signal: leaving.signal })
        .on('error', () => outgoing.destroy())
        .pipe(outgoing)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      leaving.abort()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
