import { linkSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { identify, isRunning, parseIdentity } from './process-identity.js'

/** A held lock; releasing it twice is harmless. */
export interface InstanceLock {
  release(): void
}

/** Who holds the lock that was asked for. */
export interface LockHolder {
  readonly heldByPid: number
}

/** Two starters can each remove one stale lock and meet again; more rounds than this would be a bug. */
const MAX_ATTEMPTS = 5

/** undefined: there is no lock, or it was left by a process that no longer runs. */
function holderOf(path: string): number | undefined {
  try {
    const identity = parseIdentity(readFileSync(path, 'utf8'))
    return identity !== undefined && isRunning(identity) ? identity.pid : undefined
  } catch {
    return undefined
  }
}

/** `link` fails when the target exists, and the linked file is complete from its first moment on. */
function claim(path: string): boolean {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, JSON.stringify(identify(process.pid)), { flag: 'wx' })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(draft)
  }
}

/**
 * Takes the lock file at `path` for this process, or says who has it. A lock whose holder died, however it
 * died, is taken over: the file names the holder's start time as well as its id.
 */
export function acquireLock(path: string): InstanceLock | LockHolder {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    if (claim(path)) return { release: () => rmSync(path, { force: true }) }
    const heldByPid = holderOf(path)
    if (heldByPid !== undefined) return { heldByPid }
    rmSync(path, { force: true })
  }
  throw new Error(`the lock ${path} changes hands faster than it can be read`)
}

export function isHeld(result: InstanceLock | LockHolder): result is LockHolder {
  return 'heldByPid' in result
}
