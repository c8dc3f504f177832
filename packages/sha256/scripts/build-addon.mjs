/** node scripts/build-addon.mjs: compiles native/*.c to build/sha256.node, when that has not been done yet. */
import { join } from 'node:path'
import { include_dir as headers } from 'node-api-headers'
import { buildAddon } from '../../../scripts/lib/build-addon.mjs'

const root = join(import.meta.dirname, '..')
/** On ARM64 intrinsics need the flag; on x86-64 the one function that uses them asks for itself. */
const flags = process.arch === 'arm64' ? ['-march=armv8-a+crypto'] : []

/** Vitest calls this before the tests, so that they meet the addon of these sources. */
export default function setup() {
  const problem = buildAddon(process.env.CC ?? 'cc', { root, name: 'sha256', headers, flags })
  if (problem !== undefined) console.error(`Hashing without the native addon, which is slower: ${problem}.`)
}

if (process.argv[1] === import.meta.filename) setup()
