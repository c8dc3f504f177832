import { closeSync, copyFileSync, fstatSync, openSync, readSync, statSync, truncateSync } from 'node:fs'

/** A log longer than this is moved to `<file>.1`, so that each log keeps at most twice as much. */
const MAX_LOG_BYTES = 16 * 1024 * 1024

/** What an error message quotes of a log. */
const TAIL_BYTES = 4096
const TAIL_LINES = 15

/** The last lines of a log, bounded in bytes and lines; empty when there is no log. */
export function logTail(path: string): string {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return ''
  }
  try {
    const size = fstatSync(file).size
    const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES))
    readSync(file, bytes, 0, bytes.length, size - bytes.length)
    return bytes.toString('utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n')
  } finally {
    closeSync(file)
  }
}

/**
 * Keeps a log within its bound. The writer holds the file open in append mode, so its next line lands at the
 * new end after the cut; lines written between the copy and the cut are lost.
 */
export function trimLog(path: string, maxBytes = MAX_LOG_BYTES): void {
  try {
    if (statSync(path).size <= maxBytes) return
    copyFileSync(path, `${path}.1`)
    truncateSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
