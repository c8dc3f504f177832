import { readFile, stat } from 'node:fs/promises'
import type { ClientProfileTable } from '@headframe/core/stratum/client-profile'
import { parseClientProfiles } from '@headframe/core/stratum/parse-client-profiles'
import { BUILT_IN_PROFILES } from './built-in-profiles.js'

/** Largest file that is read. */
const MAX_FILE_BYTES = 1024 * 1024

/** The profiles of a file in front of those that are built in. Rejects with what is wrong with it. */
export async function readProfileTable(file: string): Promise<ClientProfileTable> {
  const { size } = await stat(file)
  if (size > MAX_FILE_BYTES) throw new Error(`larger than ${MAX_FILE_BYTES} bytes`)
  return parseClientProfiles(await readFile(file, 'utf8'), BUILT_IN_PROFILES)
}
