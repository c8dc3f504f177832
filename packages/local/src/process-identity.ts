import { readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

/** A process that cannot be confused with a later one of the same id. */
export interface ProcessIdentity {
  readonly pid: number
  /** Opaque: clock ticks since boot on Linux, a date elsewhere. */
  readonly startedAt: string
}

/** `startedAt` follows the command's closing bracket as the 20th field (proc(5), field 22 of the line). */
const START_FIELD_AFTER_COMMAND = 19

function startTime(pid: number): string | undefined {
  if (process.platform !== 'linux') {
    const listed = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
    return listed.status === 0 ? listed.stdout.trim() : undefined
  }
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1')
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? undefined : rest[START_FIELD_AFTER_COMMAND - 1]
  } catch {
    return undefined
  }
}

/** The identity of a running process, or undefined when there is none (a zombie counts as none). */
export function identify(pid: number): ProcessIdentity | undefined {
  const startedAt = startTime(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

/** Whether exactly that process still runs. */
export function isRunning(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startedAt === identity.startedAt
}

/** Reads an identity that `JSON.stringify` wrote; undefined when the text is anything else. */
export function parseIdentity(text: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    if (!('pid' in value) || !('startedAt' in value)) return undefined
    const { pid, startedAt } = value
    if (!Number.isInteger(pid) || typeof startedAt !== 'string') return undefined
    return { pid: Number(pid), startedAt }
  } catch {
    return undefined
  }
}
