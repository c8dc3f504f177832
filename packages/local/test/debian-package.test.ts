import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { unpackDebianPackage, type DebianPackage } from '../src/debian-package.js'
import { temporaryFolder } from './temporary-folder.js'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => {
  vi.unstubAllEnvs()
  folder.remove()
})

const wanted: DebianPackage = { name: 'tool', suite: 'own', packages: ['tool'], program: 'usr/bin/tool' }

const ARCHITECTURE = {
  x64: 'x86_64-linux-gnu/ld-linux-x86-64.so.2',
  arm64: 'aarch64-linux-gnu/ld-linux-aarch64.so.1',
}
const loader = process.arch === 'x64' || process.arch === 'arm64' ? ARCHITECTURE[process.arch] : undefined

function put(path: string): string {
  const whole = join(folder.path, path)
  mkdirSync(join(whole, '..'), { recursive: true })
  writeFileSync(whole, '')
  return whole
}

test.runIf(loader !== undefined)(
  'what is unpacked already is used as it is, with its own loader',
  async () => {
    const file = put('tool/usr/bin/tool')
    const command = put(`tool/usr/lib/${loader!}`)
    expect(await unpackDebianPackage(wanted, folder.path)).toEqual({
      command,
      args: ['--inhibit-cache', '--library-path', join(command, '..'), file],
    })
  },
)

test('a machine without apt is told so', async () => {
  const empty = mkdtempSync(join(folder.path, 'empty-'))
  vi.stubEnv('PATH', empty)
  await expect(unpackDebianPackage(wanted, folder.path)).rejects.toMatchObject({ code: 'cannot-install' })
  rmSync(empty, { recursive: true })
})

test('a tree that lost a file is named, not run', async () => {
  put('tool/usr/bin/other')
  await expect(unpackDebianPackage(wanted, folder.path)).rejects.toThrow(/tool is not whole|has no apt/)
})
