/**
 * node scripts/run.mjs WORKSPACE SCRIPT [ARGUMENT ...]
 *
 * Makes the workspace ready, then becomes its script, in the folder that the user called from. The script runs in
 * this very process, so signals, standard streams and the exit code are its own.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ensure } from './ensure.mjs'
import { Failure, runMain } from './lib/failure.mjs'
import { root } from './lib/root.mjs'

/** @param {string} name */
function findWorkspace(name) {
  const groups = ['apps', 'packages'].flatMap((group) =>
    readdirSync(join(root, group)).map((entry) => join(group, entry)),
  )
  for (const folder of [...groups, 'e2e', 'bench'].map((relative) => join(root, relative))) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (manifest.name === name) return { folder, scripts: manifest.scripts ?? {} }
  }
  throw new Failure(`There is no workspace ${name}.`)
}

/** @param {string[]} argv what stands behind the program's name */
async function run([workspaceName, scriptName, ...args]) {
  const workspace = findWorkspace(workspaceName)
  const [program, file, ...fixed] = (workspace.scripts[scriptName] ?? '').split(' ')
  if (program !== 'node' || file === undefined) {
    throw new Failure(`${workspaceName} has no script ${scriptName} that is a Node program.`)
  }
  await ensure(workspaceName)
  const path = join(workspace.folder, file)
  process.argv = [process.execPath, path, ...fixed, ...args]
  process.chdir(process.env.INIT_CWD ?? process.cwd())
  await import(pathToFileURL(path).href)
}

await runMain(() => run(process.argv.slice(2)))
