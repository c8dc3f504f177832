import { setTimeout as sleep } from 'node:timers/promises'
import type { Child } from './child.js'
import { LocalError } from './local-error.js'

export interface WaitOptions {
  /** What is waited for, for the error message. */
  readonly what: string
  readonly timeoutMs: number
  readonly intervalMs?: number
  /** When this child ends first, the wait ends with its last log lines. */
  readonly child?: Child
  readonly signal?: AbortSignal | undefined
}

const DEFAULT_INTERVAL_MS = 50

/** Asks `probe` again and again until it gives something else than undefined or false; a throw counts as not yet. */
export async function waitUntil<T>(
  probe: () => Promise<T | false | undefined>,
  options: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + options.timeoutMs
  let lastError: unknown
  for (;;) {
    try {
      const answer = await probe()
      if (answer !== undefined && answer !== false) return answer
    } catch (error) {
      lastError = error
    }
    if (options.child?.hasExited() === true) throw options.child.failure()
    if (performance.now() > deadline) throw timedOut(options, lastError)
    options.signal?.throwIfAborted()
    await sleep(options.intervalMs ?? DEFAULT_INTERVAL_MS)
  }
}

function timedOut(options: WaitOptions, lastError: unknown): LocalError {
  const reason = lastError instanceof Error ? ` (${lastError.message})` : ''
  const seconds = Math.round(options.timeoutMs / 1000)
  const message = `${options.what} was not ready within ${String(seconds)} s${reason}`
  return new LocalError('timed-out', message, options.child?.quotedLog() ?? '')
}
