import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acquireLock, isHeld } from '../src/instance-lock.js'
import { identify, isRunning, parseIdentity } from '../src/process-identity.js'
import { temporaryFolder } from './temporary-folder.js'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const path = () => join(folder.path, 'lock')

test('one holder at a time, and free again after its release', () => {
  const first = acquireLock(path())
  expect(isHeld(first)).toBe(false)
  expect(acquireLock(path())).toEqual({ heldByPid: process.pid })
  if (!isHeld(first)) first.release()
  expect(isHeld(acquireLock(path()))).toBe(false)
  expect(readdirSync(folder.path)).toEqual(['lock'])
})

test('the lock of a process that died is taken over', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(other, 'spawn')
  writeFileSync(path(), JSON.stringify(identify(other.pid!)))
  expect(acquireLock(path())).toEqual({ heldByPid: other.pid })
  other.kill('SIGKILL')
  await once(other, 'exit')
  expect(isHeld(acquireLock(path()))).toBe(false)
})

test('a process id that was given to another process does not count as the holder', () => {
  const self = identify(process.pid)!
  writeFileSync(path(), JSON.stringify({ pid: self.pid, startedAt: `${self.startedAt}1` }))
  expect(isHeld(acquireLock(path()))).toBe(false)
})

test.each(['', 'null', '17', '{"pid":1.5,"startedAt":"1"}', '{"pid":1,"startedAt":1}', '{"pid":1'])(
  'a lock file that says %j is nobody’s',
  (text) => {
    expect(parseIdentity(text)).toBeUndefined()
    writeFileSync(path(), text)
    expect(isHeld(acquireLock(path()))).toBe(false)
  },
)

test('an identity is of this process and no other', () => {
  const self = identify(process.pid)!
  expect(isRunning(self)).toBe(true)
  expect(parseIdentity(JSON.stringify(self))).toEqual(self)
  expect(identify(2 ** 30)).toBeUndefined()
})
