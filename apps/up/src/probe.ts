import { connect } from 'node:net'

const CONNECT_TIMEOUT_MS = 2_000
/** The first page after a start is the slowest. */
const PAGE_TIMEOUT_MS = 15_000

/** Whether something accepts connections there. */
export function acceptsConnections(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (answer: boolean) => () => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(CONNECT_TIMEOUT_MS, end(false))
    socket.once('connect', end(true))
    socket.once('error', end(false))
  })
}

/** Whether a page is served there. */
export async function servesPage(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PAGE_TIMEOUT_MS) })
  await response.body?.cancel()
  return response.ok
}

/** An address to connect to, for one to listen on. */
export function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}

/** Host and port as a URL has them. */
export function authority(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
