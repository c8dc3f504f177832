import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const PACKAGES = fileURLToPath(new URL('../..', import.meta.url))

export interface CompiledMiner {
  /** The folder of `mine.js` and `hash-thread.js`. */
  readonly dir: string
  readonly remove: () => Promise<void>
}

/**
 * Compiles miner and core, file by file and without type checks, into a folder of its own: threads and processes
 * need JavaScript on disk, and a unit test must not depend on what was built before.
 */
export async function compileMiner(): Promise<CompiledMiner> {
  const root = await mkdtemp(join(tmpdir(), 'headframe-miner-'))
  await writeFile(join(root, 'package.json'), '{"type":"module"}')
  await Promise.all(['core', 'miner'].map((name) => compilePackage(name, root)))
  return { dir: join(root, 'miner'), remove: () => rm(root, { recursive: true }) }
}

async function compilePackage(name: string, root: string): Promise<void> {
  const source = join(PACKAGES, name, 'src')
  const files = await readdir(source, { recursive: true })
  for (const file of files.filter((path) => path.endsWith('.ts'))) {
    const target = join(root, name, file.replace(/\.ts$/, '.js'))
    const toRoot = relative(dirname(target), root)
    const { outputText } = ts.transpileModule(await readFile(join(source, file), 'utf8'), {
      compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext },
    })
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, outputText.replace(/'@headframe\/core\/([^']+)'/g, `'${toRoot}/core/$1.js'`))
  }
}
