import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const POLL_MS = 250

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** @param {string} path */
function claim(path) {
  try {
    const file = openSync(path, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/**
 * The process that holds the lock; 0 while its file is being written, undefined when the lock was given back.
 * Must not create the file: an empty one that nobody owns would lock everybody out.
 * @param {string} path
 */
function holderOf(path) {
  try {
    return Number(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Runs `work` while no other process runs work under the same lock; waits for one that does. The lock of a
 * process that died is removed.
 * @template T
 * @param {string} path
 * @param {(pid: number) => void} onWait called once, when somebody else has the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFileLock(path, onWait, work) {
  mkdirSync(dirname(path), { recursive: true })
  for (let waited = false; !claim(path); waited = true) {
    const pid = holderOf(path)
    if (pid === undefined) continue
    if (pid > 0 && !isAlive(pid)) {
      rmSync(path, { force: true })
      continue
    }
    if (!waited) onWait(pid)
    await sleep(POLL_MS)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}
