import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const GROUPS = ['apps', 'packages']
const ALONE = ['e2e', 'bench']

/** @typedef {{ name: string, folder: string, dependencies: string[] }} Workspace */

function names(root, group) {
  try {
    return readdirSync(join(root, group)).map((name) => `${group}/${name}`)
  } catch {
    return []
  }
}

/**
 * The workspaces below `root`; `folder` is relative, `name` as in its package.json.
 * @param {string} root
 * @returns {Workspace[]}
 */
export function readWorkspaces(root) {
  const folders = [...GROUPS.flatMap((group) => names(root, group)), ...ALONE]
  return folders.flatMap((folder) => {
    try {
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
      return [{ name: manifest.name, folder, dependencies: Object.keys(manifest.dependencies ?? {}) }]
    } catch (error) {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return []
      throw error
    }
  })
}

/**
 * @param {Workspace[]} workspaces
 * @param {string} path of a file
 */
export function workspaceOf(workspaces, path) {
  return workspaces.find(({ folder }) => path.startsWith(`${folder}/`))
}
