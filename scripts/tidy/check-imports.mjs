import { ENGINE_ARROWS, ENGINE_PROGRAMS, TEST_ARROWS, WORKSPACE_ARROWS } from './rules.mjs'
import { workspaceOf } from './workspaces.mjs'

const ENGINE_SOURCE = 'apps/engine/src/'

/**
 * Imports between workspaces that go against the arrows.
 * @param {string} path
 * @param {import('./imports.mjs').Import[]} imports
 * @param {import('./workspaces.mjs').Workspace[]} workspaces
 * @returns {import('./source-files.mjs').Violation[]}
 */
export function checkWorkspaceArrows(path, imports, workspaces) {
  const from = workspaceOf(workspaces, path)
  if (from === undefined) return []
  const isSource = path.startsWith(`${from.folder}/src/`) && !path.startsWith('packages/local/src/testing/')
  const allowed = [from.name, ...(WORKSPACE_ARROWS[from.name] ?? []), ...(isSource ? [] : TEST_ARROWS)]
  return imports.flatMap(({ specifier, line, target }) => {
    const to =
      target === undefined
        ? workspaces.find(({ name }) => `${specifier}/`.startsWith(`${name}/`))
        : workspaceOf(workspaces, target)
    if (to === undefined || allowed.includes(to.name)) return []
    return [{ path, line, rule: 'arrows', message: `${from.name} may not import ${to.name}` }]
  })
}

/** The room of an engine file: its first folder, or its name for a file directly in src. */
function roomOf(path) {
  return path.slice(ENGINE_SOURCE.length).split('/')[0].replace(/\.ts$/, '')
}

/**
 * Imports inside the engine that go against the journey of a share.
 * @param {string} path
 * @param {import('./imports.mjs').Import[]} imports
 * @returns {import('./source-files.mjs').Violation[]}
 */
export function checkEngineArrows(path, imports) {
  if (!path.startsWith(ENGINE_SOURCE)) return []
  const from = roomOf(path)
  return imports.flatMap(({ line, target }) => {
    if (target?.startsWith(ENGINE_SOURCE) !== true) return []
    const to = roomOf(target)
    const violation = (message) => [{ path, line, rule: 'arrows', message }]
    if (ENGINE_PROGRAMS.includes(to)) return violation(`${to} is a program: nothing imports it`)
    if (ENGINE_PROGRAMS.includes(from) || from === to || !(to in ENGINE_ARROWS)) return []
    if (!(from in ENGINE_ARROWS))
      return violation(`${from} is open to all rooms, so it may not import ${to}/`)
    return ENGINE_ARROWS[from].includes(to) ? [] : violation(`${from}/ may not import ${to}/`)
  })
}

/**
 * Files that import each other round a circle. Imports of types alone are gone at run time and do not count. Each
 * circle is reported once, at the import that closes it.
 * @param {Map<string, import('./imports.mjs').Import[]>} graph path -> imports
 * @returns {import('./source-files.mjs').Violation[]}
 */
export function checkCycles(graph) {
  const violations = []
  const finished = new Set()
  const trail = []
  const visit = (path) => {
    trail.push(path)
    for (const { target, line, isErased } of graph.get(path) ?? []) {
      if (target === undefined || isErased || finished.has(target)) continue
      const start = trail.indexOf(target)
      if (start < 0) visit(target)
      else {
        const circle = [...trail.slice(start), target].join(' -> ')
        violations.push({ path, line, rule: 'cycle', message: circle })
      }
    }
    trail.pop()
    finished.add(path)
  }
  for (const path of graph.keys()) if (!finished.has(path)) visit(path)
  return violations
}
