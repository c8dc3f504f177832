import type * as nodeFiles from 'node:fs/promises'
import { dirname } from 'node:path'

/** The part of `node:fs/promises` that the journal uses. */
export type JournalFiles = Pick<
  typeof nodeFiles,
  'open' | 'mkdir' | 'readdir' | 'readFile' | 'rename' | 'unlink'
>

/** Makes names that were added to a folder, or taken from it, survive a loss of power. */
export async function syncDirectory(files: JournalFiles, path: string): Promise<void> {
  const folder = await files.open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Makes a folder that is there, by name, when this returns; its parent must exist. */
export async function makeDirectory(files: JournalFiles, path: string): Promise<void> {
  const made = await files.mkdir(path, { recursive: true })
  if (made !== undefined) await syncDirectory(files, dirname(path))
}

/** Under its name only when whole and on the disk. */
export async function writeSynced(files: JournalFiles, path: string, text: string): Promise<void> {
  const file = await files.open(`${path}.part`, 'w')
  try {
    await file.writeFile(text)
    await file.datasync()
  } finally {
    await file.close()
  }
  await files.rename(`${path}.part`, path)
  await syncDirectory(files, dirname(path))
}
