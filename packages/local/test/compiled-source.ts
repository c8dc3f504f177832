import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const SOURCE = fileURLToPath(new URL('../src', import.meta.url))

/** Compiles this package's source into `folder`, for tests that need it in a process of its own. */
export function compileSource(folder: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  for (const file of readdirSync(SOURCE).filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(join(SOURCE, file), 'utf8')
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }
    writeFileSync(
      join(folder, `${basename(file, '.ts')}.js`),
      ts.transpileModule(text, { compilerOptions }).outputText,
    )
  }
}
