import { pino, type Logger } from 'pino'

export type Log = Logger

/** JSON lines on standard output; values under these names never reach it. */
export function createLog(options: { readonly level: string; readonly name: string }): Log {
  return pino({
    level: options.level,
    base: { process: options.name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['password', '*.password', 'url', '*.url', 'authorization', '*.authorization'],
      censor: '***',
    },
  })
}
