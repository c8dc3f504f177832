import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadMachines } from '../src/load-machines.js'

const ADDON = join(import.meta.dirname, '..', 'build', 'sha256.node')
/** One that finds the C library's headers, too. */
const hasCompiler =
  spawnSync(process.env['CC'] ?? 'cc', ['-fsyntax-only', '-xc', '-'], { input: '#include <stdlib.h>\n' })
    .status === 0

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'headframe-sha256-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('the machines of the addon', () => {
  it('are there wherever a compiler is, the portable one last', () => {
    const instructions = loadMachines().map((machine) => machine.instructions)
    expect(instructions.length > 0).toBe(hasCompiler)
    expect(instructions.at(-1)).toBe(hasCompiler ? 'portable-c' : undefined)
  })

  it('use the instructions of this processor when it has them', () => {
    const flags = process.platform === 'linux' ? readFileSync('/proc/cpuinfo', 'utf8') : ''
    const first = loadMachines()[0]?.instructions
    expect(first === 'sha-ni').toBe(hasCompiler && /\bsha_ni\b/.test(flags))
    expect(first === 'armv8-sha2').toBe(
      hasCompiler && process.arch === 'arm64' && (process.platform === 'darwin' || /\bsha2\b/.test(flags)),
    )
  })

  it('are none without the file', () => {
    expect(loadMachines(join(folder, 'nothing.node'))).toEqual([])
  })

  it.each([
    ['is empty', Buffer.alloc(0)],
    ['is text', Buffer.from('no addon at all')],
    ['is the beginning of a program', readFileSync(process.execPath).subarray(0, 4096)],
  ])('are none when the file %s', (what, content) => {
    const file = join(folder, `${what}.node`)
    writeFileSync(file, content)
    expect(loadMachines(file)).toEqual([])
  })

  it('are those of each thread, and go with it', async () => {
    const digests = loadMachines().map(({ memory }) => memory.slice(80, 112))
    const run = `
      const { parentPort } = require('node:worker_threads')
      const module = { exports: { machines: [] } }
      try { process.dlopen(module, ${JSON.stringify(ADDON)}) } catch {}
      for (const machine of module.exports.machines) {
        machine.loadJob(0, new Uint8Array(100), 10, 20, new Uint8Array(64), new Uint8Array(80))
        machine.hashShare(0)
      }
      parentPort.postMessage(module.exports.machines.map(({ instructions }) => instructions))`
    for (let i = 0; i < 3; i++) {
      const worker = new Worker(run, { eval: true })
      const names = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject))
      expect(names).toEqual(loadMachines().map(({ instructions }) => instructions))
      await worker.terminate()
    }
    expect(loadMachines().map(({ memory }) => memory.slice(80, 112))).toEqual(digests)
  })
})
