import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import ts from 'typescript'

/**
 * @typedef {object} SourceFile
 * @property {string} path below the repository, with slashes
 * @property {string} text
 * @property {ts.SourceFile} tree
 */

/** @typedef {{ path: string, line: number, rule: string, message: string }} Violation */

const SKIPPED_FOLDERS = new Set([
  'node_modules',
  'dist',
  'generated',
  'coverage',
  'test-results',
  'playwright-report',
  'fixtures',
])
const SOURCE_FILE = /\.(?:ts|tsx|js|jsx|mjs|cjs)$/

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!SKIPPED_FOLDERS.has(entry.name) && !entry.name.startsWith('.')) yield* walk(path)
    } else if (entry.isFile() && SOURCE_FILE.test(entry.name) && entry.name !== 'next-env.d.ts') {
      yield path
    }
  }
}

/**
 * Everything written by hand in TypeScript or JavaScript below `root`, parsed.
 * @param {string} root
 * @returns {SourceFile[]}
 */
export function readSourceFiles(root) {
  return [...walk(root)].sort().map((absolute) => {
    const path = absolute
      .slice(root.length + 1)
      .split(sep)
      .join('/')
    const text = readFileSync(absolute, 'utf8')
    return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
  })
}

/**
 * @param {SourceFile} file
 * @param {number} position
 */
export function lineOf(file, position) {
  return file.tree.getLineAndCharacterOfPosition(position).line + 1
}

/**
 * @param {SourceFile} file
 * @param {(node: ts.Node) => void} visit
 */
export function visitNodes(file, visit) {
  const go = (node) => {
    visit(node)
    ts.forEachChild(node, go)
  }
  go(file.tree)
}
