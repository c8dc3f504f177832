import type { FileHandle } from 'node:fs/promises'

/** A write may take less than it was given. */
export async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length;) {
    offset += (await file.write(bytes, offset, bytes.length - offset)).bytesWritten
  }
}
