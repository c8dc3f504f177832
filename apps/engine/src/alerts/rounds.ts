import type { Log } from '../log.js'

/** Does something again and again, never twice at once; a failure is logged once, and its end. */
export class Rounds {
  readonly #name: string
  readonly #everyMs: number
  readonly #work: (signal: AbortSignal) => Promise<unknown>
  readonly #log: Log
  readonly #stopping = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #isFailing = false

  constructor(name: string, everyMs: number, work: (signal: AbortSignal) => Promise<unknown>, log: Log) {
    this.#name = name
    this.#everyMs = everyMs
    this.#work = work
    this.#log = log
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#running ??= this.#round()
    }, this.#everyMs)
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#stopping.abort()
    await this.#running
  }

  async #round(): Promise<void> {
    const what = { round: this.#name }
    try {
      await this.#work(this.#stopping.signal)
      if (this.#isFailing) this.#log.info(what, 'alerts: goes on')
      this.#isFailing = false
    } catch (error) {
      if (!this.#isFailing) this.#log.error({ ...what, err: error }, 'alerts: cannot go on; trying again')
      this.#isFailing = true
    } finally {
      this.#running = undefined
    }
  }
}
