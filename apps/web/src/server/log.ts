/** One JSON line on stderr, in the shape of the engine's log. */
export function logError(message: string, error: unknown): void {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(
    `${JSON.stringify({ level: 'error', time: Date.now(), app: 'web', msg: message, reason })}\n`,
  )
}
