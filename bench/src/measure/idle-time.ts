import { cpus } from 'node:os'

/** How long the cores have had nothing to do since the machine started, all together, ms. */
export function idleTimeMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.idle, 0)
}
