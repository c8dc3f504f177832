import { join } from 'node:path'
import type { Senders } from './send-many.js'

/** Where scripts/build-addon.mjs puts the addon, seen from src/ and from dist/ alike. */
function addonFile(): string {
  return join(import.meta.dirname, '..', 'build', 'send-many.node')
}

/**
 * The addon. Undefined where it was not built (there is no compiler, or this is not Linux) or cannot be loaded: the
 * caller then writes socket by socket, so no reason is worth an error.
 */
export function loadSenders(file?: string): Senders | undefined {
  const module: { exports: Partial<Senders> } = { exports: {} }
  try {
    // Not `require`, whose argument a bundler would try to follow.
    process.dlopen(module, file ?? addonFile())
  } catch {
    return undefined
  }
  const { sendMany, sendEach } = module.exports
  return sendMany === undefined || sendEach === undefined ? undefined : { sendMany, sendEach }
}
