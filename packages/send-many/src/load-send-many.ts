import { join } from 'node:path'
import type { SendMany } from './send-many.js'

/** Where scripts/build-addon.mjs puts the addon, seen from src/ and from dist/ alike. */
function addonFile(): string {
  return join(import.meta.dirname, '..', 'build', 'send-many.node')
}

/**
 * The addon's one function. Undefined where it was not built (there is no compiler, or this is not Linux) or cannot be
 * loaded: the caller then writes socket by socket, so no reason is worth an error.
 */
export function loadSendMany(file?: string): SendMany | undefined {
  const module: { exports: { sendMany?: SendMany } } = { exports: {} }
  try {
    // Not `require`, whose argument a bundler would try to follow.
    process.dlopen(module, file ?? addonFile())
    return module.exports.sendMany
  } catch {
    return undefined
  }
}
