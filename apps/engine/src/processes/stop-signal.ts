/** Resolves at the first SIGINT or SIGTERM. A second one ends the process at once. */
export function onStopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let count = 0
    const stop = (): void => {
      count++
      if (count === 1) resolve()
      else process.exit(130)
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
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
