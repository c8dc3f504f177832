import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tidy } from '../tidy.mjs'

let root
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'headframe-tidy-'))))
afterEach(() => rmSync(root, { recursive: true }))

const WORKSPACES = {
  'packages/core': { name: '@headframe/core', dependencies: { '@scure/base': '2.4.0' } },
  'packages/db': { name: '@headframe/db' },
  'packages/local': { name: '@headframe/local' },
  'apps/engine': { name: '@headframe/engine' },
  'apps/web': { name: '@headframe/web' },
  'apps/up': { name: '@headframe/up' },
}

/** The violations of a small repository that has these files, as `path:line rule`. */
function violationsOf(files) {
  for (const [folder, manifest] of Object.entries(WORKSPACES)) {
    mkdirSync(join(root, folder), { recursive: true })
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify(manifest))
  }
  for (const [path, lines] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), [lines].flat().join('\n'))
  }
  return tidy(root).violations.map(({ path, line, rule }) => `${path}:${line} ${rule}`)
}

test('arrows between workspaces, also through a dynamic import, a re-export and a type', () => {
  const files = {
    'packages/core/src/a.ts': 'export const a = 1',
    'apps/engine/src/b.ts': ["import { a } from '@headframe/core/a'", "export { f } from '@headframe/web/f'"],
    'apps/web/src/c.ts': ["const b = await import('@headframe/engine/b')", 'export const c = b'],
    'apps/web/src/f.ts': 'export const f = 1',
    'packages/db/src/d.ts': ['', "export type D = import('@headframe/engine/b').B"],
    'apps/up/src/e.ts': "import '@headframe/engine/b'",
  }
  expect(violationsOf(files)).toEqual([
    'apps/engine/src/b.ts:2 arrows',
    'apps/web/src/c.ts:1 arrows',
    'packages/db/src/d.ts:2 arrows',
  ])
})

test('an arrow cannot be dodged with a relative path or a file that does not exist', () => {
  const files = {
    'packages/core/src/a.ts': 'export const a = 1',
    'packages/local/src/b.ts': ["import { a } from '../../core/src/a.js'", "import '@headframe/db/gone'"],
  }
  expect(violationsOf(files)).toEqual([
    'packages/local/src/b.ts:1 arrows',
    'packages/local/src/b.ts:2 arrows',
  ])
})

test('tests may use the real services, sources may not', () => {
  const line = "import { startPostgres } from '@headframe/local/postgres'"
  const files = {
    'packages/local/src/postgres.ts': '',
    'packages/db/test/a.test.ts': line,
    'packages/db/src/a.ts': line,
  }
  expect(violationsOf(files)).toEqual(['packages/db/src/a.ts:1 arrows'])
})

test('arrows inside the engine follow the journey of a share', () => {
  const files = {
    'apps/engine/src/serve.ts': ["import './stratum/server.js'", "import './tasks/prune.js'"],
    'apps/engine/src/stratum/server.ts': ["import '../share/submit.js'", "import '../log.js'"],
    'apps/engine/src/share/submit.ts': ["import type { Server } from '../stratum/server.js'"],
    'apps/engine/src/tasks/prune.ts': ["import '../stratum/server.js'"],
    'apps/engine/src/block/send.ts': ["import '../serve.js'"],
    'apps/engine/src/log.ts': ["import '../src/share/submit.js'"],
  }
  expect(violationsOf(files)).toEqual([
    'apps/engine/src/block/send.ts:1 arrows',
    'apps/engine/src/log.ts:1 arrows',
    'apps/engine/src/share/submit.ts:1 arrows',
    'apps/engine/src/tasks/prune.ts:1 arrows',
  ])
})

test('cycles are found over any number of files; types alone make none', () => {
  const files = {
    'packages/db/src/a.ts': "import './b.js'",
    'packages/db/src/b.ts': ['', "import './c.js'"],
    'packages/db/src/c.ts': "export { a } from './a.js'",
    'packages/db/src/d.ts': "import './e.js'",
    'packages/db/src/e.ts': "import type { D } from './d.js'",
    'packages/db/src/self.ts': "import './self.js'",
  }
  expect(violationsOf(files)).toEqual(['packages/db/src/c.ts:1 cycle', 'packages/db/src/self.ts:1 cycle'])
})

test('the environment is read in an env.ts alone', () => {
  const files = {
    'apps/engine/src/env.ts': 'export const url = process.env.URL',
    'apps/engine/src/a.ts': [
      'process.env.URL',
      "process['env']",
      'const { env } = process',
      "import 'node:process'",
    ],
    'apps/engine/src/b.ts': ['process.exitCode = 1', "const text = 'process.env'", '// process.env'],
    'apps/engine/test/a.test.ts': 'process.env.URL',
    'apps/web/next.config.ts': 'process.env.URL',
  }
  expect(violationsOf(files)).toEqual([1, 2, 3, 4].map((line) => `apps/engine/src/a.ts:${line} environment`))
})

test('core has no clock, chance, I/O or global; two modules have one door each', () => {
  const files = {
    'packages/core/src/a.ts': [
      'const now = Date.now()',
      'const dice = Math.random()',
      'setTimeout(() => undefined)',
      'console.log(process.pid)',
      "import { readFileSync } from 'node:fs'",
      "import { createHash } from 'node:crypto'",
      "import { sha256 } from '@noble/hashes'",
    ],
    'packages/core/src/hash.ts': "import { createHash } from 'node:crypto'",
    'packages/core/src/journal/frame-buffer.ts': "import { crc32 } from 'node:zlib'",
    'packages/core/src/clean.ts': [
      "import { bech32 } from '@scure/base/bech32'",
      'interface Header { process: number; console: string }',
      'export const read = (header: Header) => ({ process: header.process, fetch() { return Math.max(1, 2) } })',
      '// Date, process.env and Math.random() in words',
      "export const words = 'Date.now()'",
    ],
  }
  const lines = [1, 2, 3, 4, 4, 5, 6, 7]
  expect(violationsOf(files).sort()).toEqual(lines.map((line) => `packages/core/src/a.ts:${line} purity`))
})

test('300 lines are the most, with or without an end of line on the last', () => {
  const files = {
    'packages/core/src/full.ts': `${'//\n'.repeat(300)}`,
    'packages/core/src/over.ts': `${'//\n'.repeat(300)}//`,
    'packages/core/test/long.test.ts': '//\n'.repeat(400),
  }
  expect(violationsOf(files)).toEqual(['packages/core/src/over.ts:301 length'])
})

test('nothing is left to do', () => {
  const marks = ['TO', 'FIX'].map((start, index) => `// ${start}${['DO', 'ME'][index]}: later`)
  const files = { 'apps/web/src/a.tsx': ['', ...marks], 'apps/web/src/b.ts': 'const TODOS = 1' }
  expect(violationsOf(files)).toEqual(['apps/web/src/a.tsx:2 unfinished', 'apps/web/src/a.tsx:3 unfinished'])
})

test('what is generated or installed is not looked at', () => {
  const line = "import { a } from '@headframe/web/a'"
  const folders = ['dist', 'node_modules', '.next', 'src/generated']
  expect(violationsOf(Object.fromEntries(folders.map((name) => [`apps/engine/${name}/a.ts`, line])))).toEqual(
    [],
  )
})
