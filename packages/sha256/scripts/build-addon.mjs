/**
 * node scripts/build-addon.mjs: compiles native/*.c to build/sha256.node, when that has not been done yet.
 *
 * The C compiler is called directly: a handful of files needs no build system. Where there is none, or it fails,
 * that is said, and hashing is slower; it is no error.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { include_dir as headers } from 'node-api-headers'

const COMMON_FLAGS = ['-std=c11', '-O2', '-Wall', '-Wextra', '-fPIC', '-fvisibility=hidden']
/** On ARM64 intrinsics need the flag; on x86-64 the one function that uses them asks for itself. */
const PROCESSOR_FLAGS = process.arch === 'arm64' ? ['-march=armv8-a+crypto'] : []
const LINK_FLAGS = process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared']

function fingerprint(native, compiler) {
  const hash = createHash('sha256')
  for (const name of readdirSync(native).sort()) hash.update(name).update(readFileSync(join(native, name)))
  hash.update(readFileSync(import.meta.filename))
  return hash.update(JSON.stringify([compiler, process.platform, process.arch])).digest('hex')
}

/** Compiles to a file of its own and moves it into place: another process may be loading the addon. */
function compile(compiler, native, addon) {
  const output = `${addon}.${process.pid}.tmp`
  const sources = readdirSync(native).filter((name) => name.endsWith('.c'))
  const flags = [...COMMON_FLAGS, ...PROCESSOR_FLAGS, ...LINK_FLAGS, `-I${headers}`]
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
 * @param {string} compiler as it would be called in a shell
 * @param {string} root of the package
 * @returns {string | undefined} why there is no addon now
 */
export function buildAddon(compiler, root) {
  const native = join(root, 'native')
  const addon = join(root, 'build', 'sha256.node')
  /** What the addon was built from. */
  const marker = join(root, 'build', 'sha256.built-from')
  const wanted = fingerprint(native, compiler)
  if (existsSync(addon) && existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return undefined
  mkdirSync(join(root, 'build'), { recursive: true })
  const problem = compile(compiler, native, addon)
  if (problem === undefined) writeFileSync(marker, wanted)
  // What was built from other sources must not be loaded.
  else rmSync(addon, { force: true })
  return problem
}

/** Vitest calls this before the tests, so that they meet the addon of these sources. */
export default function setup() {
  const problem = buildAddon(process.env.CC ?? 'cc', join(import.meta.dirname, '..'))
  if (problem !== undefined) console.error(`Hashing without the native addon, which is slower: ${problem}.`)
}

if (process.argv[1] === import.meta.filename) setup()
