import { createServer } from 'node:net'

/** The address every local service binds: nothing here is meant for the network. */
export const LOOPBACK = '127.0.0.1'

/** How often a service that lost the race for its port is started again on another. */
const MAX_PORT_ATTEMPTS = 3

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address !== null ? address.port : port
      server.close(() => resolve(bound))
    })
  })
}

/** A TCP port that was free a moment ago. Another process may take it: see `onFreePort`. */
export function freePort(host = LOOPBACK): Promise<number> {
  return listenOnce(0, host)
}

/** Whether nothing listens on that port of `host` now; ports below 1024 may also be refused to this user. */
export async function isPortFree(port: number, host = LOOPBACK): Promise<boolean> {
  try {
    await listenOnce(port, host)
    return true
  } catch {
    return false
  }
}

/** Runs `start` on a free port, and again on another when somebody took that port in between. */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    try {
      return await start(port)
    } catch (error) {
      if (attempt === MAX_PORT_ATTEMPTS || (await isPortFree(port))) throw error
    }
  }
}
