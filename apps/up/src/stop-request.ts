const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const PARENT_POLL_MS = 1_000

export interface StopRequest {
  /** Aborted by the first request. */
  readonly signal: AbortSignal
  /** Takes the handlers away again. */
  dispose(): void
}

/**
 * Listens for the wish to stop: Ctrl-C, SIGTERM, the terminal's end, or the end of the process that started this
 * one, when that was npm's shell, which may die of a signal without handing it on. The second signal calls `force`.
 */
export function listenForStop(force: () => void, wasStartedByNpm: boolean): StopRequest {
  const controller = new AbortController()
  const onSignal = (): void => {
    if (controller.signal.aborted) force()
    else controller.abort()
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
