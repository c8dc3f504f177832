import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { logTail, trimLog } from '../src/log-file.js'
import { temporaryFolder } from './temporary-folder.js'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

const path = () => join(folder.path, 'log')

test('the tail is the last lines, however long the log and its lines are', () => {
  writeFileSync(path(), Array.from({ length: 100_000 }, (_, line) => `line ${String(line)}\n`).join(''))
  const lines = logTail(path()).split('\n')
  expect(lines).toHaveLength(15)
  expect(lines.at(-1)).toBe('line 99999')
  writeFileSync(path(), 'x'.repeat(1_000_000))
  expect(logTail(path())).toHaveLength(4096)
})

test('no log has no tail', () => {
  expect(logTail(path())).toBe('')
  expect(() => trimLog(path())).not.toThrow()
})

test('a log past its bound is moved aside once and starts again', () => {
  writeFileSync(path(), 'x'.repeat(101))
  trimLog(path(), 100)
  expect(statSync(path()).size).toBe(0)
  expect(readFileSync(`${path()}.1`, 'utf8')).toHaveLength(101)
})

test('a log within its bound stays as it is', () => {
  writeFileSync(path(), 'x'.repeat(100))
  trimLog(path(), 100)
  expect(statSync(path()).size).toBe(100)
  expect(existsSync(`${path()}.1`)).toBe(false)
})
