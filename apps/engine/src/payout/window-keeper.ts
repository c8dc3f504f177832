import { setTimeout as sleep } from 'node:timers/promises'
import { SCORE_UNIT } from '@headframe/core/accounting/score'
import type { DirectSplit } from '@headframe/core/job/direct-split'
import type { LiveDirect } from '@headframe/core/live/live-feed'
import type { SharePosition } from '@headframe/db/window/share-position'
import type { Log } from '../log.js'
import { freezeWindow, type FreezeOptions } from './freeze-window.js'
import type { WindowJournal } from './window-journal.js'

export interface WindowKeeperOptions extends FreezeOptions {
  /** A window that could not be read again for so long pays nobody any more. */
  readonly maxAgeMs: number
  /** Between two looks; longer after one that took long, so that the database is busy with it a tenth of the time at most. */
  readonly refreshMs?: number
}

export interface WindowKeeperModules {
  readonly journal: WindowJournal
  readonly log: Log
  readonly monotonicMs: () => number
}

const REFRESH_MS = 5_000
/** A look may take this part of the time. */
const BUSY_PART = 10
/** What the first jobs of a run wait for a window, at most. */
const FIRST_READ_MS = 2_000
/** What a question under way may take at the end. */
const CLOSE_MS = 1_000

/**
 * Knows whom the coinbases of direct ports pay now. It asks the database in the background and never keeps a job
 * waiting: while the database is away the last window holds, until it is too old, and then jobs pay the pool alone.
 */
export class WindowKeeper {
  readonly #options: WindowKeeperOptions
  readonly #modules: WindowKeeperModules
  readonly #closing = new AbortController()
  #split: DirectSplit | undefined
  #end: SharePosition | undefined
  /** When the window was found to be the newest. */
  #readAtMs = -Infinity
  #problem = 'the window has not been read yet'
  #wasPaying: boolean | undefined
  #running: Promise<void> | undefined

  constructor(options: WindowKeeperOptions, modules: WindowKeeperModules) {
    this.#options = options
    this.#modules = modules
  }

  /** Returns when there is a window, or it takes too long. */
  async start(): Promise<void> {
    const first = this.#look()
    this.#running = first.then(() => this.#keepLooking())
    await Promise.race([first, sleep(FIRST_READ_MS)])
  }

  async close(): Promise<void> {
    this.#closing.abort()
    const closed = Promise.all([this.#modules.journal.close(), this.#running])
    await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })])
  }

  /** Undefined: the pool alone is paid. */
  current(): DirectSplit | undefined {
    return this.#ageMs() <= this.#options.maxAgeMs ? this.#split : undefined
  }

  status(): LiveDirect {
    const split = this.current()
    if (split === undefined) return { state: 'custodial', message: this.#problem }
    return { state: 'paying', minerCount: split.payees.length, ageMs: Math.round(this.#ageMs()) }
  }

  async #keepLooking(): Promise<void> {
    const { monotonicMs } = this.#modules
    let tookMs = 0
    while (await this.#pause(tookMs)) {
      const startedMs = monotonicMs()
      await this.#look()
      tookMs = monotonicMs() - startedMs
    }
  }

  /** False when this is closed meanwhile. */
  async #pause(tookMs: number): Promise<boolean> {
    const { signal } = this.#closing
    const { refreshMs = REFRESH_MS } = this.#options
    const pauseMs = Math.max(refreshMs, tookMs * (BUSY_PART - 1))
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
    return !signal.aborted
  }

  async #look(): Promise<void> {
    try {
      await this.#read()
      this.#readAtMs = this.#modules.monotonicMs()
      this.#problem = 'there are no shares yet'
      this.#tell()
    } catch (error) {
      if (this.#closing.signal.aborted) return
      this.#problem = 'the window cannot be read from the database'
      this.#tell((error as Error).message)
    }
  }

  async #read(): Promise<void> {
    const { journal } = this.#modules
    const { terms } = this.#options
    const end = await journal.readEnd()
    if (end === undefined || end.position === this.#end?.position) return
    const window = await journal.readWindow(end, BigInt(terms.pplnsWindow) * SCORE_UNIT)
    this.#split = freezeWindow(end, window, this.#options)
    this.#end = end
  }

  /** Each change once. */
  #tell(reason = this.#problem): void {
    const { log } = this.#modules
    const status = this.status()
    const isPaying = status.state === 'paying'
    if (isPaying === this.#wasPaying) return
    this.#wasPaying = isPaying
    if (isPaying) log.info({ minerCount: status.minerCount }, 'blocks of direct ports pay the miners')
    else log.warn({ reason }, 'blocks of direct ports pay the pool alone, which owes the miners')
  }

  #ageMs(): number {
    return this.#modules.monotonicMs() - this.#readAtMs
  }
}
