import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.js'

/** Between two looks at the disk when there was nothing more to do. */
export const POLL_MS = 100
/** After the first failure in a row; doubles with each further one. */
const FIRST_RETRY_MS = 100
export const MAX_RETRY_MS = 5_000
/** Failures in a row between two lines in the log. */
const LOG_EVERY_FAILURES = 60

/** Something that moves what has gathered on the disk to Postgres. */
export interface Ship {
  readonly name: string
  /**
   * Moves all there is, or stops early once `signal` is aborted. Throws when it cannot go on for now, and is run
   * again later; whatever was done before is not done twice.
   */
  run(signal: AbortSignal): Promise<void>
}

export interface ShipLoopModules {
  readonly ships: readonly Ship[]
  readonly log: Log
}

/** Runs each ship again and again, each at its own pace, so that one in trouble does not hold up the others. */
export class ShipLoop {
  readonly #modules: ShipLoopModules
  readonly #stopping = new AbortController()
  readonly #troubles = new Map<string, string>()
  #loops: Promise<void>[] = []

  constructor(modules: ShipLoopModules) {
    this.#modules = modules
  }

  start(): void {
    this.#loops = this.#modules.ships.map((ship) => this.#keepRunning(ship))
  }

  /** Why a ship cannot go on, by its name; empty while all can. */
  get troubles(): ReadonlyMap<string, string> {
    return this.#troubles
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#loops)
  }

  async #keepRunning(ship: Ship): Promise<void> {
    const { signal } = this.#stopping
    let failures = 0
    while (!signal.aborted) {
      const error = await failureOf(ship, signal)
      this.#tell(ship, error, failures)
      failures = error === undefined ? 0 : failures + 1
      if (error === undefined) this.#troubles.delete(ship.name)
      else this.#troubles.set(ship.name, error.message)
      await pause(failures === 0 ? POLL_MS : retryDelayMs(failures), signal)
    }
  }

  #tell(ship: Ship, error: unknown, failuresBefore: number): void {
    const { log } = this.#modules
    const about = { ship: ship.name, failures: failuresBefore }
    if (error === undefined) {
      if (failuresBefore > 0) log.info(about, 'shipper: goes on')
    } else if (failuresBefore % LOG_EVERY_FAILURES === 0) {
      log.warn({ ...about, err: error }, 'shipper: cannot go on; trying again')
    }
  }
}

/** `failures` in a row, from 1. */
export function retryDelayMs(failures: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), MAX_RETRY_MS)
}

async function failureOf(ship: Ship, signal: AbortSignal): Promise<Error | undefined> {
  try {
    await ship.run(signal)
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error('a ship failed without saying why', { cause: error })
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}
