import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncDirectory, type JournalFiles } from './journal-files.js'

/** Writes all of `bytes` at `position`; a disk may take less than it is given at once. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written)
    if (bytesWritten === 0) throw new Error('the disk takes no more bytes')
    written += bytesWritten
  }
}

/** The segment that is being written. What was appended is on the disk when `append` returns. */
export class SegmentFile {
  readonly #files: JournalFiles
  readonly #handle: FileHandle
  readonly #path: string
  #committedBytes = 0

  /** Throws when there is a file of that name. */
  static async create(path: string, files: JournalFiles): Promise<SegmentFile> {
    return new SegmentFile(path, files, await files.open(path, 'wx'))
  }

  private constructor(path: string, files: JournalFiles, handle: FileHandle) {
    this.#path = path
    this.#files = files
    this.#handle = handle
  }

  /** Bytes from the start that are on the disk for sure. */
  get committedBytes(): number {
    return this.#committedBytes
  }

  async append(frame: Uint8Array): Promise<void> {
    await writeAll(this.#handle, frame, this.#committedBytes)
    await this.#handle.datasync()
    // The first frame is not safe before the file's name is.
    if (this.#committedBytes === 0) await syncDirectory(this.#files, dirname(this.#path))
    this.#committedBytes += frame.length
  }

  /** Gives the sealed segment its name. */
  async seal(sealedPath: string): Promise<void> {
    await this.#handle.close()
    await this.#files.rename(this.#path, sealedPath)
    await syncDirectory(this.#files, dirname(this.#path))
  }

  /** After a failure: nothing is written any more. */
  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => undefined)
  }
}
