import { fileURLToPath } from 'node:url'
import { root as repository } from './lib/root.mjs'
import { checkEnvironment, checkLength, checkPurity, checkUnfinished } from './tidy/check-file.mjs'
import { checkCycles, checkEngineArrows, checkWorkspaceArrows } from './tidy/check-imports.mjs'
import { importsOf } from './tidy/imports.mjs'
import { readSourceFiles } from './tidy/source-files.mjs'
import { readWorkspaces, workspaceOf } from './tidy/workspaces.mjs'

/**
 * Checks the rules of the house that neither the compiler nor the linter knows.
 * @param {string} root the folder that holds the workspaces
 */
export function tidy(root) {
  const files = readSourceFiles(root)
  const workspaces = readWorkspaces(root)
  const paths = new Set(files.map(({ path }) => path))
  const graph = new Map(files.map((file) => [file.path, importsOf(file, workspaces, paths)]))
  const violations = files.flatMap((file) => {
    const imports = graph.get(file.path)
    return [
      ...checkWorkspaceArrows(file.path, imports, workspaces),
      ...checkEngineArrows(file.path, imports),
      ...checkEnvironment(file),
      ...checkPurity(file, imports, workspaceOf(workspaces, file.path)?.dependencies ?? []),
      ...checkLength(file),
      ...checkUnfinished(file),
    ]
  })
  return { fileCount: files.length, violations: [...violations, ...checkCycles(graph)] }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { fileCount, violations } = tidy(repository)
  for (const { path, line, rule, message } of violations) console.error(`${path}:${line} ${rule}: ${message}`)
  console.log(`tidy: ${fileCount} files, ${violations.length} violations`)
  if (violations.length > 0) process.exitCode = 1
}
