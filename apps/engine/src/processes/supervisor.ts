import type { ChildProcess } from 'node:child_process'
import type { Log } from '../log.js'

export interface Supervised {
  readonly name: string
  /** Starts the process; called again each time it has died. */
  readonly start: () => ChildProcess
}

const FIRST_DELAY_MS = 100
const MAX_DELAY_MS = 10_000
/** A process that lived this long starts the next time with the first delay again. */
const STEADY_AFTER_MS = 30_000

/** Keeps one child process alive: it is started again with a delay that doubles while it keeps dying young. */
export class Supervisor {
  readonly #supervised: Supervised
  readonly #log: Log
  readonly #nowMs: () => number
  #child: ChildProcess | undefined
  #delayMs = FIRST_DELAY_MS
  #timer: NodeJS.Timeout | undefined
  #isClosing = false

  constructor(supervised: Supervised, modules: { readonly log: Log; readonly nowMs: () => number }) {
    this.#supervised = supervised
    this.#log = modules.log
    this.#nowMs = modules.nowMs
  }

  /** Undefined between a death and the next start. */
  get child(): ChildProcess | undefined {
    return this.#child
  }

  start(): void {
    const startedAtMs = this.#nowMs()
    const child = this.#supervised.start()
    this.#child = child
    child.once('exit', (code, signal) => {
      this.#child = undefined
      if (this.#isClosing) return
      if (this.#nowMs() - startedAtMs >= STEADY_AFTER_MS) this.#delayMs = FIRST_DELAY_MS
      this.#log.error(
        { child: this.#supervised.name, code, signal, delayMs: this.#delayMs },
        'died; starting again',
      )
      this.#timer = setTimeout(() => this.start(), this.#delayMs)
      this.#delayMs = Math.min(this.#delayMs * 2, MAX_DELAY_MS)
    })
  }

  /** Asks the child to end, and kills it when it has not after `killAfterMs`. */
  async close(ask: (child: ChildProcess) => void, killAfterMs: number): Promise<void> {
    this.#isClosing = true
    clearTimeout(this.#timer)
    const child = this.#child
    if (child?.exitCode !== null || child.signalCode !== null) return
    await new Promise<void>((resolve) => {
      const killer = setTimeout(() => {
        this.#log.error({ child: this.#supervised.name }, 'does not end; killing it')
        child.kill('SIGKILL')
      }, killAfterMs)
      child.once('exit', () => {
        clearTimeout(killer)
        resolve()
      })
      ask(child)
    })
  }
}
