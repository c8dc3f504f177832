import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SourceError, textOf, type LogSource } from './log-source.js'

/** A log that was exported into a folder. */
export class FolderSource implements LogSource {
  readonly name: string

  constructor(folder: string) {
    this.name = folder
  }

  async readText(path: string, maxBytes: number): Promise<string | undefined> {
    const chunks = await this.open(path)
    return chunks && textOf(chunks, maxBytes, join(this.name, path))
  }

  async open(path: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    const file = join(this.name, path)
    try {
      if (!(await stat(file)).isFile()) return undefined
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw new SourceError(`${file} cannot be read: ${(error as Error).message}`, { cause: error })
    }
    return createReadStream(file)
  }
}
