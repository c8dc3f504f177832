import { join } from 'node:path'
import { HASH_AT, HASH_SIZE, type Machine, MEMORY_BYTES, MESSAGE_AT } from './machine.js'

/** FIPS 180-4 example: SHA-256 of "abc". */
const ABC = Uint8Array.of(0x61, 0x62, 0x63)
const ABC_DIGEST = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

/** Where scripts/build-addon.mjs puts the addon, seen from src/ and from dist/ alike. */
function addonFile(): string {
  return join(import.meta.dirname, '..', 'build', 'sha256.node')
}

/**
 * The machines of the addon, fastest first. None where it was not built, cannot be loaded, or was built from other
 * sources than these: the caller then hashes in another way, so no reason is worth an error.
 */
export function loadMachines(file?: string): readonly Machine[] {
  const module: { exports: { machines?: readonly Machine[] } } = { exports: {} }
  try {
    // Not `require`, whose argument a bundler would try to follow.
    process.dlopen(module, file ?? addonFile())
    return (module.exports.machines ?? []).filter(isSound)
  } catch {
    return []
  }
}

/** Whether the memory is the one that `machine.ts` describes, and a known digest comes out. */
function isSound({ memory, sha256 }: Machine): boolean {
  if (memory.length !== MEMORY_BYTES) return false
  memory.set(ABC, MESSAGE_AT)
  sha256(ABC.length)
  return Buffer.from(memory.subarray(HASH_AT, HASH_AT + HASH_SIZE)).toString('hex') === ABC_DIGEST
}
