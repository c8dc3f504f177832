import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSenders } from '../src/load-senders.js'

const ADDON = join(import.meta.dirname, '..', 'build', 'send-many.node')
/** One that finds the C library's headers, too. */
const hasCompiler =
  spawnSync(process.env['CC'] ?? 'cc', ['-fsyntax-only', '-xc', '-'], { input: '#include <stdlib.h>\n' })
    .status === 0

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headframe-send-many-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the addon', () => {
  it('is there on Linux wherever a compiler is', () => {
    expect(loadSenders() !== undefined).toBe(process.platform === 'linux' && hasCompiler)
  })

  it('is none without the file', () => {
    expect(loadSenders(join(folder, 'nothing.node'))).toBeUndefined()
  })

  it.each([
    ['is empty', Buffer.alloc(0)],
    ['is text', Buffer.from('no addon at all')],
    ['is the beginning of a program', readFileSync(process.execPath).subarray(0, 4096)],
  ])('is none when the file %s', (what, content) => {
    const file = join(folder, `${what}.node`)
    writeFileSync(file, content)
    expect(loadSenders(file)).toBeUndefined()
  })

  it.runIf(loadSenders() !== undefined)('can be loaded by several threads', async () => {
    const run = `
      const { parentPort } = require('node:worker_threads')
      const module = { exports: {} }
      process.dlopen(module, ${JSON.stringify(ADDON)})
      const sent = new Int32Array(1)
      module.exports.sendMany(Int32Array.of(-1), 1, new Uint8Array(1), sent)
      parentPort.postMessage(sent[0])`
    for (let i = 0; i < 3; i++) {
      const worker = new Worker(run, { eval: true })
      const sent = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject))
      expect(sent).toBe(-1)
      await worker.terminate()
    }
  })
})
