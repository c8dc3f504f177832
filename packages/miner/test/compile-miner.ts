import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const PACKAGES = fileURLToPath(new URL('../..', import.meta.url))
const ENTRIES = ['miner/mine', 'miner/hash-thread']
const IMPORT = /(from\s+)'(\.[^']*\.js|@headframe\/(?:core|sha256)\/[^']+)'/g

export interface CompiledMiner {
  /** The folder of `mine.js` and `hash-thread.js`. */
  readonly dir: string
  readonly remove: () => Promise<void>
}

/**
 * Compiles the miner and what it imports of core and sha256, file by file and without type checks, into a folder of its own:
 * threads and processes need JavaScript on disk, and a unit test must not depend on what was built before.
 */
export async function compileMiner(): Promise<CompiledMiner> {
  const root = await mkdtemp(join(tmpdir(), 'headframe-miner-'))
  await writeFile(join(root, 'package.json'), '{"type":"module"}')
  const seen = new Set(ENTRIES)
  // The set grows while it is walked.
  for (const module of seen) for (const imported of await compile(module, root)) seen.add(imported)
  return { dir: join(root, 'miner'), remove: () => rm(root, { recursive: true }) }
}

/** Compiles `package/path`; returns the modules it imports, named likewise. */
async function compile(module: string, root: string): Promise<string[]> {
  const [, name, path] = /^([^/]+)\/(.+)$/.exec(module)!
  const source = await readFile(join(PACKAGES, name!, 'src', `${path!}.ts`), 'utf8')
  const compilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext }
  const { outputText } = ts.transpileModule(source, { compilerOptions })
  const imports: string[] = []
  const output = outputText.replace(IMPORT, (_text, from: string, specifier: string) => {
    const imported = specifier.startsWith('.')
      ? posix.join(posix.dirname(module), specifier.replace(/\.js$/, ''))
      : specifier.replace('@headframe/', '')
    imports.push(imported)
    return `${from}'./${posix.relative(posix.dirname(module), imported)}.js'`
  })
  const target = join(root, `${module}.js`)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, output)
  return imports
}
