import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findProgram } from '../src/find-program.js'
import { temporaryFolder } from './temporary-folder.js'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

function program(path: string, mode = 0o755): string {
  const whole = join(folder.path, path)
  mkdirSync(join(whole, '..'), { recursive: true })
  writeFileSync(whole, '#!/bin/sh\n')
  chmodSync(whole, mode)
  return whole
}

test('names go before folders: the wanted program from a later folder wins over its substitute', () => {
  const wanted = program('b/headframe-wanted')
  program('a/headframe-substitute')
  const path = `${join(folder.path, 'a')}::${join(folder.path, 'b')}`
  expect(findProgram(['headframe-wanted', 'headframe-substitute'], path)).toBe(wanted)
})

test('folders and files that cannot be executed are passed over', () => {
  program('a/headframe-wanted', 0o644)
  mkdirSync(join(folder.path, 'b', 'headframe-wanted'), { recursive: true })
  const wanted = program('c/headframe-wanted')
  const path = ['a', 'b', 'c'].map((name) => join(folder.path, name)).join(':')
  expect(findProgram(['headframe-wanted'], path)).toBe(wanted)
  expect(findProgram(['headframe-absent'], path)).toBeUndefined()
})
