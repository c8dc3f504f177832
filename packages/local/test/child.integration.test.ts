import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startChild, type ChildOptions } from '../src/child.js'
import { identify, isRunning } from '../src/process-identity.js'
import { waitUntil } from '../src/wait-until.js'
import { compileSource } from './compiled-source.js'
import { temporaryFolder } from './temporary-folder.js'

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => (folder = temporaryFolder()))
afterEach(() => folder.remove())

function node(script: string, options: Partial<ChildOptions> = {}): ChildOptions {
  return {
    name: 'the child',
    command: process.execPath,
    args: ['-e', script],
    logFile: join(folder.path, 'child.log'),
    ...options,
  }
}

const FOREVER = 'setInterval(() => {}, 1000)'
const gone = (pid: number) =>
  waitUntil(() => Promise.resolve(identify(pid) === undefined), { what: 'end', timeoutMs: 8000 })
const written = (path: string) =>
  waitUntil(() => Promise.resolve(existsSync(path) && (readFileSync(path, 'utf8') || false)), {
    what: path,
    timeoutMs: 8000,
  })

test('a child that ends by itself says how, with the end of its log', async () => {
  const child = await startChild(node('console.log("one"); console.error("two"); process.exitCode = 3'))
  expect(await child.exited).toEqual({ code: 3, signal: null })
  expect(child.failure().message).toMatch(/^the child ended with exit code 3\n.*child\.log:\none\ntwo$/)
  await child.stop()
})

test('stopping is polite first', async () => {
  const file = join(folder.path, 'said')
  const script = `process.on('SIGINT', () => { fs.writeFileSync(${JSON.stringify(file)}, 'bye'); process.exit() })`
  const child = await startChild(node(`${script}; console.log('up'); ${FOREVER}`, { stopSignal: 'SIGINT' }))
  await written(child.logFile)
  await child.stop()
  expect(readFileSync(file, 'utf8')).toBe('bye')
  expect(await child.exited).toEqual({ code: 0, signal: null })
})

test('a child that does not listen is killed after its time', async () => {
  const script = `process.on('SIGTERM', () => {}); console.log('up'); ${FOREVER}`
  const child = await startChild(node(script, { stopTimeoutMs: 200 }))
  await written(child.logFile)
  await child.stop()
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' })
})

test('nothing of its process group outlives it', async () => {
  const file = join(folder.path, 'grandchild')
  const script = `const c = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(FOREVER)}])
    fs.writeFileSync(${JSON.stringify(file)}, String(c.pid)); ${FOREVER}`
  const child = await startChild(node(script))
  const grandchild = Number(await written(file))
  await child.kill()
  expect(identify(grandchild)).toBeUndefined()
})

test('a program that does not exist is an error, not a crash', async () => {
  await expect(startChild(node('', { command: '/does/not/exist' }))).rejects.toMatchObject({
    code: 'no-program',
  })
})

test('its pid file names it while it runs', async () => {
  const pidFile = join(folder.path, 'child.pid')
  const child = await startChild(node(FOREVER, { pidFile }))
  expect(JSON.parse(readFileSync(pidFile, 'utf8'))).toEqual(identify(child.pid))
  await child.stop()
  expect(existsSync(pidFile)).toBe(false)
})

test('a start waits for the child that an earlier instance left', async () => {
  const pidFile = join(folder.path, 'child.pid')
  const left = await startChild(node('setTimeout(() => {}, 400)'))
  const leftIdentity = identify(left.pid)!
  writeFileSync(pidFile, JSON.stringify(leftIdentity))
  const child = await startChild(node(FOREVER, { pidFile }))
  expect(isRunning(leftIdentity)).toBe(false)
  await child.stop()
})

test('children end when their parent is killed: at once, in their time, or by force', async () => {
  const compiled = join(folder.path, 'compiled')
  compileSource(compiled)
  const file = join(folder.path, 'pids')
  const stubborn = `process.on('SIGTERM', () => {}); ${FOREVER}`
  const saved = join(folder.path, 'saved')
  const slow = `process.on('SIGTERM', () => setTimeout(() => {
    fs.writeFileSync(${JSON.stringify(saved)}, 'all of it'); process.exit() }, 500)); ${FOREVER}`
  const parent = join(compiled, 'parent.js')
  writeFileSync(
    parent,
    `import { readFileSync, writeFileSync } from 'node:fs'
     import { startChild } from './child.js'
     const common = { command: process.execPath, logFile: ${JSON.stringify(join(folder.path, 'log'))}, stopTimeoutMs: 2000 }
     const pids = []
     for (const script of ${JSON.stringify([FOREVER, stubborn, slow])}) {
       const child = await startChild({ ...common, name: 'child', args: ['-e', script + '; console.log("up")'] })
       pids.push(child.pid)
     }
     // All of them have set up their handlers.
     while (readFileSync(common.logFile, 'utf8') !== 'up\\nup\\nup\\n') await new Promise((done) => setTimeout(done, 20))
     writeFileSync(${JSON.stringify(file)}, JSON.stringify(pids))`,
  )
  const running = spawn(process.execPath, [parent], { stdio: 'inherit' })
  const pids = JSON.parse(await written(file)) as number[]
  expect(pids.map((pid) => identify(pid) !== undefined)).toEqual([true, true, true])
  running.kill('SIGKILL')
  await once(running, 'exit')
  await Promise.all(pids.map(gone))
  expect(readFileSync(saved, 'utf8')).toBe('all of it')
})
