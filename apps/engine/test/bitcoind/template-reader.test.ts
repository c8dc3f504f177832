import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { THREAD_FROM_BYTES } from '../../src/bitcoind/template-reader.js'
import { temporaryDirectory } from '../journal/journal-fixture.js'
import { runSources } from '../run-sources.js'

/** As a node would offer it: what a transaction is nobody looks at. */
function templateOf(count: number, changes: Record<string, unknown> = {}): string {
  const transactions = Array.from({ length: count }, (_, index) => ({
    data: index.toString(16).padStart(16, '0').repeat(31),
    txid: index.toString(16).padStart(64, '0'),
    hash: index.toString(16).padStart(64, '0'),
    fee: 2,
    sigops: 0,
    weight: 992,
  }))
  const result = {
    version: 0x20000000,
    rules: ['csv', '!segwit', 'taproot'],
    previousblockhash: '00'.repeat(32),
    coinbasevalue: 312_500_000,
    default_witness_commitment: `6a24aa21a9ed${'00'.repeat(32)}`,
    mintime: 1,
    curtime: 2,
    bits: '1d00ffff',
    height: 900_000,
    mutable: ['time'],
    transactions,
    ...changes,
  }
  return JSON.stringify({ result, error: null, id: 1 })
}

test('large templates are read in a thread as small ones are without it, and their faults are the same', async () => {
  const directory = await temporaryDirectory()
  const file = join(directory, 'templates')
  const lines = [
    templateOf(3),
    templateOf(3_000),
    templateOf(3_000, { rules: ['!unheard'] }),
    templateOf(3_000).replace('"height"', 'height'),
    templateOf(2_000),
  ]
  expect(lines.map((line) => line.length >= THREAD_FROM_BYTES)).toEqual([false, true, true, true, true])
  await writeFile(file, lines.join('\n'))
  const child = fileURLToPath(new URL('read-child.ts', import.meta.url))
  const args = [...runSources(directory), child, file]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const [small, large, unheard, broken, again] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
  expect(small).toEqual({ size: 3 * 248, transactionCount: 3, feesSats: '6', depth: 2 })
  expect(large).toEqual({ size: 3_000 * 248, transactionCount: 3_000, feesSats: '6000', depth: 12 })
  expect(unheard).toMatchObject({ name: 'TemplateError', code: 'unknown-rule' })
  expect(unheard).toMatchObject({
    message: expect.stringMatching(/^rules: this pool does not know/) as string,
  })
  expect(broken).toMatchObject({ name: 'Error', message: expect.stringContaining('JSON') as string })
  expect(again).toMatchObject({ transactionCount: 2_000 })
}, 60_000)
