/**
 * Lets a child process of a test run our TypeScript sources as they are, without a build. What was translated is kept
 * in a folder that the test names, because loading the compiler takes longer than all the rest of a start.
 */
import { createHash } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pid } from 'node:process'
import { fileURLToPath } from 'node:url'

let cacheDirectory

export function initialize(data) {
  cacheDirectory = data.cacheDirectory
}

/** Our sources name each other, and the programs that they start, as they are called when they are built. */
export async function resolve(specifier, context, next) {
  const isProgram = context.parentURL === undefined && /\/src\/[^/]+\.js$/.test(specifier)
  const isSource = isProgram || (specifier.startsWith('.') && context.parentURL?.endsWith('.ts'))
  return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, context)
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context)
  const text = await readFile(fileURLToPath(url), 'utf8')
  const path = join(cacheDirectory, `${createHash('sha256').update(text).digest('hex')}.js`)
  return { format: 'module', source: await readOrTranslate(path, text), shortCircuit: true }
}

async function readOrTranslate(path, text) {
  try {
    return await readFile(path, 'utf8')
  } catch {
    const { default: ts } = await import('typescript')
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: {
        module: ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2023,
        verbatimModuleSyntax: true,
      },
    })
    // Several processes start at once, and some are killed: under its name only when whole.
    await writeFile(`${path}.${pid}`, outputText)
    await rename(`${path}.${pid}`, path)
    return outputText
  }
}
