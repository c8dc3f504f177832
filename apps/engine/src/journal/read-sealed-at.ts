import type { JournalFiles } from './journal-files.js'

/** `sealedAtMs` ends the trailer, which ends the file. */
const SEALED_AT_BYTES = 8

/** When a sealed segment was sealed, from the end of its file alone. Throws what the disk says. */
export async function readSealedAtMs(path: string, files: Pick<JournalFiles, 'open'>): Promise<number> {
  const file = await files.open(path, 'r')
  try {
    const { size } = await file.stat()
    const bytes = new Uint8Array(SEALED_AT_BYTES)
    await file.read(bytes, 0, SEALED_AT_BYTES, Math.max(0, size - SEALED_AT_BYTES))
    return Number(new DataView(bytes.buffer).getBigUint64(0, true))
  } finally {
    await file.close()
  }
}
