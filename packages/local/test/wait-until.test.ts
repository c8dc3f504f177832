import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startChild } from '../src/child.js'
import { waitUntil } from '../src/wait-until.js'
import { temporaryFolder } from './temporary-folder.js'

test('it asks again after no, and after an error', async () => {
  const answers = [() => false as const, () => undefined, () => raise('not yet'), () => 42]
  let asked = 0
  const probe = () => Promise.resolve().then(() => answers[asked++]!())
  expect(await waitUntil(probe, { what: 'it', timeoutMs: 5000, intervalMs: 1 })).toBe(42)
})

test('when time is up it says what was waited for and the last error', async () => {
  const probe = () => Promise.reject(new Error('refused'))
  const waiting = waitUntil(probe, { what: 'the thing', timeoutMs: 20, intervalMs: 1 })
  await expect(waiting).rejects.toMatchObject({
    code: 'timed-out',
    message: 'the thing was not ready within 0 s (refused)',
  })
})

test('a child that ends ends the wait', async () => {
  const folder = temporaryFolder()
  const child = await startChild({
    name: 'the child',
    command: process.execPath,
    args: ['-e', 'console.log("no space left"); process.exit(1)'],
    logFile: join(folder.path, 'log'),
  })
  const waiting = waitUntil(() => Promise.resolve(false), { what: 'it', timeoutMs: 10_000, child })
  await expect(waiting).rejects.toMatchObject({
    code: 'child-failed',
    advice: expect.stringContaining('no space left') as string,
  })
  await child.stop()
  folder.remove()
})

function raise(message: string): never {
  throw new Error(message)
}
