/** node scripts/build-addon.mjs: compiles native/*.c to build/send-many.node, when that has not been done yet. */
import { join } from 'node:path'
import { include_dir as headers } from 'node-api-headers'
import { buildAddon } from '../../../scripts/lib/build-addon.mjs'

const root = join(import.meta.dirname, '..')

/** Vitest calls this before the tests, so that they meet the addon of these sources. */
export default function setup() {
  // The flags of send(2) that it needs are Linux's.
  if (process.platform !== 'linux') return
  const problem = buildAddon(process.env.CC ?? 'cc', { root, name: 'send-many', headers })
  if (problem !== undefined) console.error(`Sending jobs socket by socket, which is slower: ${problem}.`)
}

if (process.argv[1] === import.meta.filename) setup()
