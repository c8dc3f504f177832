import { setTimeout as sleep } from 'node:timers/promises'

/** What is kept running: a child process, or a service that is one. */
export interface Kept {
  readonly exited: Promise<unknown>
  failure(): Error
  stop(): Promise<void>
  kill(): Promise<void>
}

export interface KeeperOptions {
  /** For messages: "Redis", "the dashboard". */
  readonly name: string
  /** Starts a fresh one; resolves when it is ready. */
  readonly start: () => Promise<Kept>
}

export interface KeeperModules {
  readonly say: (line: string) => void
  /** Called once, when it has died so often that another start makes no sense. */
  readonly giveUp: (reason: Error) => void
  readonly nowMs: () => number
  /** Resolves early when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/** More deaths than this within the window, and the cause is not chance. */
export const MAX_RESTARTS = 5
export const RESTART_WINDOW_MS = 10 * 60_000
const FIRST_DELAY_MS = 500

export const sleepUnlessAborted = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined)

/** Keeps one program running: starts it again when it dies, each time a little later, and gives up at a bound. */
export class Keeper {
  readonly #options: KeeperOptions
  readonly #modules: KeeperModules
  readonly #stopping = new AbortController()
  readonly #deathsMs: number[] = []
  readonly #watching: Promise<void>
  #current: Kept

  /** Starts it for the first time; that start's failure is the caller's. */
  static async start(options: KeeperOptions, modules: KeeperModules): Promise<Keeper> {
    return new Keeper(options, modules, await options.start())
  }

  private constructor(options: KeeperOptions, modules: KeeperModules, first: Kept) {
    this.#options = options
    this.#modules = modules
    this.#current = first
    this.#watching = this.#watch()
  }

  /** Resolves when nothing of it runs, and nothing will. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#current.stop()
    await this.#watching
  }

  /** SIGKILL to whatever of it runs. */
  async kill(): Promise<void> {
    this.#stopping.abort()
    await this.#current.kill()
  }

  async #watch(): Promise<void> {
    for (;;) {
      await this.#current.exited
      if (this.#isStopping()) return
      const next = await this.#startAgain(this.#current.failure())
      if (next === undefined) return
      this.#current = next
      if (this.#isStopping()) return next.stop()
      this.#modules.say(`${this.#options.name} runs again`)
    }
  }

  /** Tries until it runs; undefined when it is to stop, or when it failed too often. */
  async #startAgain(firstReason: Error): Promise<Kept | undefined> {
    const { say, sleep: wait, giveUp } = this.#modules
    const { signal } = this.#stopping
    let reason = firstReason
    for (;;) {
      const deaths = this.#countDeath()
      if (deaths > MAX_RESTARTS) {
        giveUp(reason)
        return undefined
      }
      say(`${firstLine(reason)}; starting it again`)
      await wait(FIRST_DELAY_MS * 2 ** (deaths - 1), signal)
      if (signal.aborted) return undefined
      try {
        return await this.#options.start()
      } catch (error) {
        reason = error instanceof Error ? error : new Error(String(error))
      }
    }
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted
  }

  /** How often it died within the window, this time included. */
  #countDeath(): number {
    const nowMs = this.#modules.nowMs()
    this.#deathsMs.push(nowMs)
    while (nowMs - this.#deathsMs[0]! > RESTART_WINDOW_MS) this.#deathsMs.shift()
    return this.#deathsMs.length
  }
}

function firstLine({ message }: Error): string {
  return message.split('\n', 1)[0]!
}
