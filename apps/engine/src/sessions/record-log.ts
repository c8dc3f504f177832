import { open, readFile, rename, type FileHandle } from 'node:fs/promises'
import { isMissing } from '../is-missing.js'

/** Only the engine may read it: who knows a session id can take the session over. */
const FILE_MODE = 0o600

/**
 * A file of lines that is appended to, and now and then written anew. Nothing is synced: what was written survives the
 * end of the process, however it ends, and a loss of power may cost the lines of the last half minute.
 */
export class RecordLog {
  readonly #path: string
  #file: FileHandle | undefined
  #byteCount = 0

  constructor(path: string) {
    this.#path = path
  }

  get byteCount(): number {
    return this.#byteCount
  }

  /** What an earlier process left; the last line may be torn. */
  async read(): Promise<string[]> {
    try {
      return (await readFile(this.#path, 'utf8')).split('\n')
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  /** Takes the place of the file, and what is appended from now on goes behind it. */
  async rewrite(chunks: Iterable<string>): Promise<void> {
    const file = await open(`${this.#path}.part`, 'w', FILE_MODE)
    try {
      let byteCount = 0
      for (const chunk of chunks) byteCount += await writeWhole(file, chunk)
      await rename(`${this.#path}.part`, this.#path)
      await this.close()
      this.#file = file
      this.#byteCount = byteCount
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /** Only behind a `rewrite`. When it throws, part of the text may be there: then `rewrite` is the way on. */
  async append(text: string): Promise<void> {
    this.#byteCount += await writeWhole(this.#file!, text)
  }

  async close(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    await file?.close()
  }
}

async function writeWhole(file: FileHandle, text: string): Promise<number> {
  const bytes = Buffer.from(text)
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done)).bytesWritten
  return bytes.length
}
