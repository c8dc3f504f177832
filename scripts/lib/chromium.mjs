import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { Failure } from './failure.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The browser for the end-to-end tests, by its whole path: CHROMIUM if set, else one of the usual names on the
 * PATH.
 * @param {Record<string, string | undefined>} environment
 */
export function findChromium(environment = process.env) {
  const { CHROMIUM, PATH = '' } = environment
  if (CHROMIUM) {
    if (isAbsolute(CHROMIUM) && isExecutable(CHROMIUM)) return CHROMIUM
    throw new Failure(`CHROMIUM=${CHROMIUM} is not a program's whole path.`)
  }
  const folders = PATH.split(delimiter).filter(isAbsolute)
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
  if (found !== undefined) return found
  throw new Failure(
    'The end-to-end tests need Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM to its path.',
  )
}
