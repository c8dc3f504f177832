import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findChromium } from '../lib/chromium.mjs'
import { withFileLock } from '../lib/file-lock.mjs'
import { checkNodeVersion } from '../lib/node-version.mjs'
import { step } from '../lib/step.mjs'

let folder
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'headframe-scripts-'))))
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

test.each([
  ['20.19.0', true],
  ['20.20.2', true],
  ['22.0.0', true],
  ['20.18.9', false],
  ['18.20.0', false],
])('Node %s is new enough: %s', (version, isEnough) => {
  const check = () => checkNodeVersion(version)
  if (isEnough) expect(check).not.toThrow()
  else expect(check).toThrow(`needs Node 20.19 or newer; this is ${version}`)
})

test('work under a lock never overlaps', async () => {
  const lock = join(folder, 'lock')
  const said = []
  let inside = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setTimeout(resolve, 20))
    inside--
  }
  await Promise.all([1, 2, 3].map(() => withFileLock(lock, (pid) => said.push(pid), work)))
  expect(most).toBe(1)
  expect(said).toEqual([process.pid, process.pid])
})

test('the lock of a process that died is no obstacle, and work that fails gives its lock back', async () => {
  const lock = join(folder, 'lock')
  writeFileSync(lock, String(2 ** 30))
  const failing = withFileLock(
    lock,
    () => undefined,
    () => Promise.reject(new Error('broken')),
  )
  await expect(failing).rejects.toThrow('broken')
  expect(
    await withFileLock(
      lock,
      () => undefined,
      async () => 42,
    ),
  ).toBe(42)
})

test('the browser is CHROMIUM, or the first usual name on the PATH', () => {
  const program = join(folder, 'google-chrome')
  expect(() => findChromium({ PATH: folder })).toThrow('apt-get install chromium')
  writeFileSync(program, '')
  expect(() => findChromium({ PATH: folder })).toThrow('apt-get install chromium')
  chmodSync(program, 0o755)
  expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(program)
  expect(findChromium({ CHROMIUM: program, PATH: '' })).toBe(program)
  expect(() => findChromium({ CHROMIUM: '/nowhere/chromium', PATH: folder })).toThrow(
    'CHROMIUM=/nowhere/chromium',
  )
})

test('a step is quiet when it works, and shows the end of what was printed when it does not', async () => {
  const lines = []
  vi.spyOn(console, 'error').mockImplementation((line) => lines.push(line))
  await step('Working', process.execPath, ['-e', 'console.log("noise")'], {}, 'Try again.')
  expect(lines).toHaveLength(2)
  expect(lines.join()).not.toContain('noise')
  const failing = step(
    'Working',
    process.execPath,
    ['-e', 'console.log("why"); process.exit(3)'],
    {},
    'Try again.',
  )
  await expect(failing).rejects.toThrow('why\n\nWorking failed (3). Try again.')
  await expect(step('Working', '/does/not/exist', [], {}, 'Try again.')).rejects.toThrow(
    'could not be executed',
  )
})

test('a step that is stopped takes its command along', async () => {
  const file = join(folder, 'pid')
  const slow = `fs.writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`
  const script = `import { step } from ${JSON.stringify(new URL('../lib/step.mjs', import.meta.url).href)}
    await step('Working', process.execPath, ['-e', ${JSON.stringify(slow)}], {}, '')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  await vi.waitFor(() => expect(Number(readFileSync(file, 'utf8'))).toBeGreaterThan(0), { timeout: 10_000 })
  child.kill('SIGTERM')
  expect(await exited).toEqual([130, null])
  const pid = Number(readFileSync(file, 'utf8'))
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 10_000 })
})
