/** What went wrong and what to do about it, for a person; no stack trace is shown for it. */
export class Failure extends Error {
  /** @param {string} message */
  constructor(message, exitCode = 1) {
    super(message)
    this.name = 'Failure'
    this.exitCode = exitCode
  }
}

/**
 * Runs a program's main function. Only a bug shows a stack trace.
 * @param {() => Promise<number | void>} main gives the exit code; nothing leaves the process to what it started
 */
export async function runMain(main) {
  try {
    const exitCode = await main()
    if (exitCode !== undefined) process.exit(exitCode)
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}\n` : error)
    process.exit(error instanceof Failure ? error.exitCode : 1)
  }
}
