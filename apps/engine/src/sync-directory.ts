import { open } from 'node:fs/promises'

/** What was created, renamed or removed in the folder stays so after a loss of power. */
export async function syncDirectory(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
