/** A Ctrl-C reaches a program under npm twice: from the terminal, and handed on by npm. */
const SAME_REQUEST_MS = 500

/** Resolves at the first SIGINT or SIGTERM. A second request ends the process at once. */
export function onStopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let firstAtMs: number | undefined
    const stop = (): void => {
      if (firstAtMs !== undefined && performance.now() - firstAtMs > SAME_REQUEST_MS) process.exit(130)
      firstAtMs ??= performance.now()
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}

/** In a child of `serve`: resolves when it is told to stop, or when the primary is gone. */
export function onParentEnd(): Promise<void> {
  // A Ctrl-C reaches the whole group, and is the primary's to act on.
  process.on('SIGINT', () => undefined)
  return new Promise((resolve) => {
    process.once('SIGTERM', resolve)
    process.once('disconnect', resolve)
  })
}

/** Runs a program to its end and exits: 0, or 1 with the reason in words on standard error. */
export async function exitOnFault(run: () => Promise<void>): Promise<never> {
  try {
    await run()
    process.exit(0)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}
