import type { Socket } from 'node:net'
import {
  parseProxyHeader,
  type MalformedProxyHeader,
  type ProxyHeader,
} from '@headframe/core/net/proxy-header'

/**
 * Takes the PROXY header off the front of a socket that nobody reads yet, and calls `onHeader` once; what stands
 * behind the header goes back, for whoever reads next. Holds at most the longest header and one read. A socket that
 * closes or falls silent before is the caller's to notice: then `onHeader` is not called.
 */
export function takeProxyHeader(
  socket: Socket,
  onHeader: (header: ProxyHeader | MalformedProxyHeader) => void,
): void {
  let held: Buffer | undefined
  const onReadable = (): void => {
    for (;;) {
      const chunk = socket.read() as Buffer | null
      if (chunk === null) return
      held = held === undefined ? chunk : Buffer.concat([held, chunk])
      const header = parseProxyHeader(held)
      if (header === 'incomplete') continue
      socket.removeListener('readable', onReadable)
      if ('headerBytes' in header && header.headerBytes < held.length) {
        socket.unshift(held.subarray(header.headerBytes))
      }
      onHeader(header)
      return
    }
  }
  socket.on('readable', onReadable)
}
