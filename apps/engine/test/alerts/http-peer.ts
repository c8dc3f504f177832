import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Reply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Says nothing at all, for as long as the connection lasts. */
  readonly hangs?: boolean
}

export interface HttpPeer {
  readonly url: string
  readonly port: number
  readonly received: Received[]
  /** What the next requests are answered with; after the last, it stays. */
  answer(...replies: Reply[]): void
  close(): Promise<void>
}

/** A server on loopback that keeps what it is sent. */
export async function openHttpPeer(host = '127.0.0.1'): Promise<HttpPeer> {
  const received: Received[] = []
  let replies: Reply[] = [{ status: 200 }]
  const server: Server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (body += part))
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      received.push({ method, path: url, headers, body })
      const reply = replies.length > 1 ? replies.shift()! : replies[0]!
      if (reply.hangs === true) return
      response.writeHead(reply.status ?? 200, reply.headers).end(reply.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host}:${port}`,
    port,
    received,
    answer: (...next) => void (replies = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
