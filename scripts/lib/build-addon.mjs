/**
 * Native addons are built by calling the C compiler directly: a handful of files needs no build system. An addon is
 * never needed: where it cannot be built, that is said, and its package's callers do without.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const COMMON_FLAGS = ['-std=c11', '-O2', '-Wall', '-Wextra', '-fPIC', '-fvisibility=hidden']
const LINK_FLAGS = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']

function fingerprint(native, command) {
  const hash = createHash('sha256')
  for (const name of readdirSync(native).sort()) hash.update(name).update(readFileSync(join(native, name)))
  hash.update(readFileSync(import.meta.filename))
  return hash.update(JSON.stringify([command, process.platform, process.arch])).digest('hex')
}

/** Compiles to a file of its own and moves it into place: another process may be loading the addon. */
function compile([compiler, ...flags], native, addon) {
  const output = `${addon}.${process.pid}.tmp`
  const sources = readdirSync(native).filter((name) => name.endsWith('.c'))
  try {
    const options = { cwd: native, encoding: 'utf8' }
    const { error, status, stderr } = spawnSync(compiler, [...flags, ...sources, '-o', output], options)
    if (error?.code === 'ENOENT') return 'there is no C compiler'
    if (error !== undefined) return error.message
    if (status !== 0) return `${compiler} failed: ${stderr.trim().split('\n')[0]}`
    renameSync(output, addon)
    return undefined
  } finally {
    rmSync(output, { force: true })
  }
}

/**
 * Compiles native/*.c of a package to build/<name>.node, when that has not been done yet.
 * @param {string} compiler as it would be called in a shell
 * @param {{ root: string, name: string, headers: string, flags?: string[] }} addon the package's folder, the folder
 *   with node_api.h, and flags of this addon alone
 * @returns {string | undefined} why there is no addon now
 */
export function buildAddon(compiler, { root, name, headers, flags = [] }) {
  const native = join(root, 'native')
  const addon = join(root, 'build', `${name}.node`)
  /** What the addon was built from. */
  const marker = join(root, 'build', `${name}.built-from`)
  const command = [compiler, ...COMMON_FLAGS, ...flags, ...LINK_FLAGS, `-I${headers}`]
  const wanted = fingerprint(native, command)
  if (existsSync(addon) && existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return undefined
  mkdirSync(join(root, 'build'), { recursive: true })
  const problem = compile(command, native, addon)
  if (problem === undefined) writeFileSync(marker, wanted)
  // What was built from other sources must not be loaded.
  else rmSync(addon, { force: true })
  return problem
}
