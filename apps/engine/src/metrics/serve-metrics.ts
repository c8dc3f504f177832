import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'

/** How long somebody may take to ask; a scrape is one short line. */
const REQUEST_TIMEOUT_MS = 5_000
const MAX_CONNECTIONS = 16

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

export interface MetricsServer {
  /** Where it listens; the port it was given when 0 was asked for. */
  readonly port: number
  close(): Promise<void>
}

/** `GET /metrics` for Prometheus. Throws what `listen` says, with the address and the name of its setting in it. */
export async function serveMetrics(
  { host, port }: ListenAddress,
  registry: Registry,
  setting = 'METRICS_LISTEN',
): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, ({ method, url }, response) => {
    if (url !== '/metrics') return void response.writeHead(404).end()
    if (method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end()
    void registry.metrics().then((text) => {
      response.writeHead(200, { 'content-type': registry.contentType }).end(text)
    })
  })
  server.maxConnections = MAX_CONNECTIONS
  await listening(server, { host, port }, setting)
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listening(server: Server, { host, port }: ListenAddress, setting: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`${setting}: ${error.message}`)))
    server.listen(port, host, resolve)
  })
}
