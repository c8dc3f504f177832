import { createServer } from 'node:net'

/** The address every local service binds: nothing here is meant for the network. */
export const LOOPBACK = '127.0.0.1'

/**
 * Where free ports are looked for: below those that the kernel gives to whoever connects or asks for any port (32768 and
 * up, 49152 on macOS), so that another program on a busy machine does not take one in between by chance.
 */
const LOWEST_PORT = 15_000
const HIGHEST_PORT = 32_766

/**
 * Programs that look at the same time are numbered close by, and each begins in a stretch of its own: so nobody takes the
 * port that another has chosen and not opened yet, or has closed to open it again.
 */
const PORTS_OF_PROCESS = 64
let nextPort = LOWEST_PORT + ((process.pid * PORTS_OF_PROCESS) % (HIGHEST_PORT - LOWEST_PORT))

/** How often a service that lost the race for its port is started again on another. */
const MAX_PORT_ATTEMPTS = 3

function listenOnce(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()))
  })
}

/** A TCP port that was free a moment ago, and not given before. Another process may take it: see `onFreePort`. */
export async function freePort(host = LOOPBACK): Promise<number> {
  for (;;) {
    const port = nextPort
    nextPort = port + 1 < HIGHEST_PORT ? port + 1 : LOWEST_PORT
    if (await isPortFree(port, host)) return port
  }
}

/** The lowest of so many ports in a row that were free a moment ago. */
export async function freeRowOfPorts(count: number, host = LOOPBACK): Promise<number> {
  for (;;) {
    const lowest = await freePort(host)
    let highest = lowest
    for (let n = 1; n < count; n++) highest = await freePort(host)
    if (highest - lowest === count - 1) return lowest
  }
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
