import { connect, type Socket } from 'node:net'
import { ConnectionError } from './client-error.js'
import type { StratumEndpoint } from './stratum-url.js'

const CONNECT_TIMEOUT_MS = 10_000

/** A connected socket without listeners; rejects with a ConnectionError when there is none in time. */
export function connectSocket({ host, port }: StratumEndpoint): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true, keepAlive: true })
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      socket.destroy()
      reject(new ConnectionError(`no connection to ${host}:${port}: ${reason}`))
    }
    const onError = (error: NodeJS.ErrnoException) => fail(error.code ?? error.message)
    const timer = setTimeout(() => fail('timed out'), CONNECT_TIMEOUT_MS)
    socket.once('close', () => clearTimeout(timer))
    socket.once('error', onError)
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.off('error', onError)
      resolve(socket)
    })
  })
}
