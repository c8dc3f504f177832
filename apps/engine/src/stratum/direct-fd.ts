import { Socket } from 'node:net'

/** What is used of a socket's inside; Node 20 to 24 have it, and it is on no page. */
interface WithHandle {
  readonly _handle?: { readonly fd?: number } | null
}

/**
 * The file descriptor of a stream, when bytes that are written straight to it follow all that the stream was given;
 * otherwise -1: bytes wait in it, it does not take any more, or it does not hand on bytes as they are (TLS).
 */
export function directFdOf(stream: Socket): number {
  // Streams that are made on others have the descriptor of those, and change what goes there.
  if (stream.constructor !== Socket) return -1
  if (!stream.writable || stream.connecting) return -1
  // What the kernel has not taken yet counts as well.
  if (stream.writableLength > 0 || stream.writableCorked > 0) return -1
  return (stream as unknown as WithHandle)._handle?.fd ?? -1
}
