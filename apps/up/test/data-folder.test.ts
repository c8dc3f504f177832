import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataFolder, type FolderState } from '../src/data-folder.js'

let parent: string
beforeEach(() => (parent = mkdtempSync(join(tmpdir(), 'headframe-data-'))))
afterEach(() => rmSync(parent, { recursive: true }))

const state: FolderState = {
  chain: 'regtest',
  firstBlockHash: '00'.repeat(32),
  addresses: { pool: 'a', miners: ['b', 'c'], guest: 'd' },
}

test('what was written is read by the next who opens it', () => {
  const path = join(parent, 'new', 'data')
  const first = DataFolder.open(path)
  expect(first.readState()).toBeUndefined()
  first.writeState(state)
  first.release()
  const second = DataFolder.open(path)
  expect(second.readState()).toEqual(state)
  second.release()
  expect(readdirSync(path)).toEqual(['up.json'])
})

test('a folder in use says by whom, and what to do', () => {
  const first = DataFolder.open(parent)
  expect(() => DataFolder.open(parent)).toThrow(
    `${parent} is in use by process ${process.pid}. Stop that one, or start this one with another --data.`,
  )
  first.release()
})

test('a state that cannot be read stops the start: it might be another chain’s', () => {
  const folder = DataFolder.open(parent)
  writeFileSync(join(parent, 'up.json'), '{"chain":')
  expect(() => folder.readState()).toThrow('up.json cannot be read')
  folder.release()
})
