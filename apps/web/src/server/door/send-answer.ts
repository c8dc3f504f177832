import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { SECURITY_HEADERS } from '../security-headers'

const compress = promisify(gzip)
/** Less fits into one packet as it is. */
const MIN_COMPRESSED_BYTES = 1_400

/** Sends an answer in one write, smaller where whoever asks can read that; a stream as it comes. */
export async function sendAnswer(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { status, headers, body } = response
  for (const { key, value } of SECURITY_HEADERS) headers.set(key, value)
  if (headers.get('content-type')?.startsWith('text/event-stream') === true) {
    outgoing.writeHead(status, Object.fromEntries(headers))
    // He leaves when he likes.
    return pipeline(Readable.fromWeb(body as ReadableStream), outgoing).catch(() => undefined)
  }
  let bytes = Buffer.from(await response.arrayBuffer())
  if (bytes.length >= MIN_COMPRESSED_BYTES) {
    headers.append('vary', 'Accept-Encoding')
    if (readsGzip(incoming)) {
      bytes = await compress(bytes)
      headers.set('content-encoding', 'gzip')
    }
  }
  headers.set('content-length', String(bytes.length))
  outgoing.writeHead(status, Object.fromEntries(headers)).end(bytes)
}

/** RFC 9110, 12.5.3: named, and not with a weight of 0. */
function readsGzip({ headers }: IncomingMessage): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(headers['accept-encoding'] ?? '')
}
