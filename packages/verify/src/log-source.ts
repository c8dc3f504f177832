/** Where a public log is read from: a folder, or a web server. */
export interface LogSource {
  /** For messages. */
  readonly name: string
  /** The text of a document; undefined when there is none. Throws SourceError when it cannot be had or is too long. */
  readText(path: string, maxBytes: number): Promise<string | undefined>
  /** Bytes as they come; undefined when there are none. */
  open(path: string): Promise<AsyncIterable<Uint8Array> | undefined>
}

/** The log cannot be read: that says nothing of what stands in it. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}

/** The text of bytes that come in pieces. Throws SourceError beyond `maxBytes`. */
export async function textOf(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  what: string,
): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > maxBytes) throw new SourceError(`${what} is longer than ${maxBytes} bytes`)
    pieces.push(chunk)
  }
  return Buffer.concat(pieces).toString('utf8')
}
