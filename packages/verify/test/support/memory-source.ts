import type { LogSource } from '../../src/log-source.js'
import { textOf } from '../../src/log-source.js'

/** A log in memory, in pieces of an odd size, as a network would bring it. */
export class MemorySource implements LogSource {
  readonly name = 'memory'
  readonly #files: ReadonlyMap<string, Uint8Array>

  constructor(files: ReadonlyMap<string, Uint8Array>) {
    this.#files = files
  }

  async readText(path: string, maxBytes: number): Promise<string | undefined> {
    const chunks = await this.open(path)
    return chunks && textOf(chunks, maxBytes, path)
  }

  open(path: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    const bytes = this.#files.get(path)
    return Promise.resolve(bytes && inPieces(bytes))
  }
}

const PIECE = 1009

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield await Promise.resolve(bytes.subarray(at, at + PIECE))
}
