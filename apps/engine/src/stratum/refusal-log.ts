import type { Log } from '../log.js'

const EVERY_MS = 10_000

/**
 * Tells the operator of connections that were refused for a reason he can mend: the first at once, the rest as a
 * number every few seconds, because whoever floods a port must not flood the log.
 */
export class RefusalLog {
  readonly #log: Log
  readonly #monotonicMs: () => number
  #toldAtMs = Number.NEGATIVE_INFINITY
  #untold = 0

  constructor(log: Log, monotonicMs: () => number) {
    this.#log = log
    this.#monotonicMs = monotonicMs
  }

  note(port: number, remoteAddress: string, reason: string): void {
    const atMs = this.#monotonicMs()
    this.#untold++
    if (atMs - this.#toldAtMs < EVERY_MS) return
    const refused = this.#untold
    this.#toldAtMs = atMs
    this.#untold = 0
    this.#log.warn({ port, remoteAddress, reason, refused }, 'connection refused')
  }
}
