import { randomUUID } from 'node:crypto'
import { link, open, readFile, rm } from 'node:fs/promises'
import { isMissing } from '../is-missing.js'

/** Only the engine may read it. */
const FILE_MODE = 0o600

/** The text of a file that is made once, by whoever comes first, and is then the same for every process and start. */
export async function makeOnce(path: string, make: () => string): Promise<string> {
  try {
    return await readText(path)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  // A name of its own, so that no other process finds half a file.
  const part = `${path}.${randomUUID()}`
  try {
    const file = await open(part, 'wx', FILE_MODE)
    try {
      await file.writeFile(`${make()}\n`)
      await file.datasync()
    } finally {
      await file.close()
    }
    await link(part, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(part, { force: true })
  }
  return readText(path)
}

async function readText(path: string): Promise<string> {
  const text = (await readFile(path, 'utf8')).trim()
  if (text === '') throw new Error(`${path} is empty; remove it, and it is made anew`)
  return text
}
