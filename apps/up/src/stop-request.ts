const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** Under npm a Ctrl-C arrives twice: from the terminal, and handed on by npm. */
const SAME_REQUEST_MS = 500
const PARENT_POLL_MS = 1_000

export interface StopRequest {
  /** Aborted by the first request. */
  readonly signal: AbortSignal
  /** Takes the handlers away again. */
  dispose(): void
}

/**
 * Listens for the wish to stop: Ctrl-C, SIGTERM, the terminal's end, or the end of the process that started this
 * one, when that was npm, which may be killed without handing it on. A second
 * request calls `force`.
 */
export function listenForStop(force: () => void, wasStartedByNpm: boolean): StopRequest {
  const controller = new AbortController()
  let firstAtMs = Infinity
  const onSignal = (): void => {
    if (performance.now() - firstAtMs > SAME_REQUEST_MS) force()
    firstAtMs = Math.min(firstAtMs, performance.now())
    controller.abort()
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  const parent = process.ppid
  const watch = setInterval(() => {
    if (wasStartedByNpm && process.ppid !== parent) controller.abort()
  }, PARENT_POLL_MS)
  watch.unref()
  return {
    signal: controller.signal,
    dispose: () => {
      clearInterval(watch)
      for (const name of SIGNALS) process.off(name, onSignal)
    },
  }
}
