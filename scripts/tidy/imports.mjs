import { posix } from 'node:path'
import ts from 'typescript'
import { lineOf, visitNodes } from './source-files.mjs'

/**
 * @typedef {object} Import
 * @property {string} specifier as written
 * @property {number} line
 * @property {string | undefined} target path of the file it means, when that is one of ours
 * @property {boolean} isErased whether nothing of it is left at run time
 */

/** @param {ts.Node} node */
function specifierOf(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return node.arguments[0]
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return node.argument.literal
  return undefined
}

/** `verbatimModuleSyntax` leaves every import in place that does not say `type` as a whole. */
function isErased(node) {
  if (ts.isImportTypeNode(node)) return true
  if (ts.isImportDeclaration(node)) return node.importClause?.isTypeOnly === true
  return ts.isExportDeclaration(node) && node.isTypeOnly
}

/** The files that a path without (or with a compiled) extension may mean. */
function candidates(path) {
  const stem = path.replace(/\.(?:js|jsx|mjs)$/, '')
  return [
    path,
    `${stem}.ts`,
    `${stem}.tsx`,
    `${stem}.mjs`,
    `${stem}.js`,
    `${stem}/index.ts`,
    `${stem}/index.tsx`,
  ]
}

/**
 * Every import, re-export, dynamic import and imported type of a file.
 * @param {import('./source-files.mjs').SourceFile} file
 * @param {import('./workspaces.mjs').Workspace[]} workspaces
 * @param {ReadonlySet<string>} paths of all files
 * @returns {Import[]}
 */
export function importsOf(file, workspaces, paths) {
  const imports = []
  visitNodes(file, (node) => {
    const literal = specifierOf(node)
    if (literal === undefined || !ts.isStringLiteralLike(literal)) return
    const target = resolve(file.path, literal.text, workspaces, paths)
    imports.push({
      specifier: literal.text,
      line: lineOf(file, literal.getStart()),
      target,
      isErased: isErased(node),
    })
  })
  return imports
}

function resolve(from, specifier, workspaces, paths) {
  const find = (path) => candidates(path).find((candidate) => paths.has(candidate))
  if (specifier.startsWith('.')) return find(posix.join(posix.dirname(from), specifier))
  const workspace = workspaces.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`))
  if (workspace !== undefined) return find(`${workspace.folder}/src${specifier.slice(workspace.name.length)}`)
  const own = workspaces.find(({ folder }) => from.startsWith(`${folder}/`))
  // The dashboard's own files under the alias of its tsconfig.
  if (specifier.startsWith('@/') && own !== undefined) return find(`${own.folder}/src/${specifier.slice(2)}`)
  return undefined
}
