import ts from 'typescript'
import { CORE_BUILTINS, IMPURE_NAMES, MAX_LINES } from './rules.mjs'
import { lineOf, visitNodes } from './source-files.mjs'

const CORE_SOURCE = 'packages/core/src/'
const IN_SOURCE = /^(?:(?:apps|packages)\/[^/]+|bench|e2e)\/src\//
/** Written so that it does not find itself. */
const UNFINISHED = /\b(?:TO(?:)DO|FIX(?:)ME)\b/

/** Whether a name is used as a value or type of its own, not as the name of a member or of a declaration's part. */
function isReference(node) {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) || ts.isJsxAttribute(parent)) return parent.name !== node
  if (ts.isQualifiedName(parent)) return parent.right !== node
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false
  const isNamed = ts.isPropertyAssignment(parent) || ts.isClassElement(parent) || ts.isTypeElement(parent)
  return !(isNamed && parent.name === node)
}

/** `process.env`, or `env` taken out of process in any other way. */
function readsEnvironment(node) {
  if (ts.isPropertyAccessExpression(node)) {
    return node.name.text === 'env' && ts.isIdentifier(node.expression) && node.expression.text === 'process'
  }
  if (ts.isElementAccessExpression(node)) {
    const { expression, argumentExpression: key } = node
    const isProcess = ts.isIdentifier(expression) && expression.text === 'process'
    return isProcess && ts.isStringLiteralLike(key) && key.text === 'env'
  }
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
    const fromProcess = node.initializer !== undefined && node.initializer.getText() === 'process'
    return (
      fromProcess && node.name.elements.some((part) => (part.propertyName ?? part.name).getText() === 'env')
    )
  }
  return false
}

/**
 * An environment read in a source file that is not an env.ts.
 * @param {import('./source-files.mjs').SourceFile} file
 */
export function checkEnvironment(file) {
  if (!IN_SOURCE.test(file.path) || /\/env\.ts$/.test(file.path)) return []
  const violations = []
  visitNodes(file, (node) => {
    const isImported = ts.isImportDeclaration(node) && /^(?:node:)?process$/.test(node.moduleSpecifier.text)
    if (!readsEnvironment(node) && !isImported) return
    const message = isImported ? 'process is imported' : 'process.env is read'
    violations.push({
      path: file.path,
      line: lineOf(file, node.getStart()),
      rule: 'environment',
      message: `${message} outside an env.ts`,
    })
  })
  return violations
}

/**
 * A clock, I/O, chance or a global in core.
 * @param {import('./source-files.mjs').SourceFile} file
 * @param {import('./imports.mjs').Import[]} imports
 * @param {string[]} dependencies the packages that core's package.json names
 */
export function checkPurity(file, imports, dependencies) {
  if (!file.path.startsWith(CORE_SOURCE)) return []
  const { path } = file
  const violations = imports.flatMap(({ specifier, line }) => {
    const isOurs = specifier.startsWith('.') || specifier.startsWith('@headframe/')
    const isDependency = dependencies.some((name) => specifier === name || specifier.startsWith(`${name}/`))
    if (isOurs || isDependency || CORE_BUILTINS[specifier]?.includes(path)) return []
    return [{ path, line, rule: 'purity', message: `core may not import ${specifier} here` }]
  })
  visitNodes(file, (node) => {
    const isRandom = ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random'
    const isImpure = ts.isIdentifier(node) && IMPURE_NAMES.includes(node.text) && isReference(node)
    if (!isRandom && !isImpure) return
    violations.push({
      path,
      line: lineOf(file, node.getStart()),
      rule: 'purity',
      message: `core may not use ${node.getText()}`,
    })
  })
  return violations
}

/** @param {import('./source-files.mjs').SourceFile} file */
export function checkLength({ path, text }) {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
  const isCounted = IN_SOURCE.test(path) || path.startsWith('scripts/')
  if (!isCounted || lines <= MAX_LINES) return []
  return [
    { path, line: MAX_LINES + 1, rule: 'length', message: `${lines} lines, and ${MAX_LINES} is the most` },
  ]
}

/** @param {import('./source-files.mjs').SourceFile} file */
export function checkUnfinished({ path, text }) {
  return text.split('\n').flatMap((content, index) => {
    const mark = UNFINISHED.exec(content)?.[0]
    return mark === undefined
      ? []
      : [{ path, line: index + 1, rule: 'unfinished', message: `${mark} is left` }]
  })
}
