import type { Job } from '@headframe/core/job/job'
import type { Log } from '../log.js'
import type { JobDirectory } from './job-directory.js'
import type { TransactionsNews } from './transaction-archive.js'

/** The transactions of a job's block. */
export interface ReadyTransactions {
  /** Lower-case hex as text. */
  readonly hex: Uint8Array
  /** Whether the archive has them even after a loss of power. */
  readonly isSynced: boolean
}

/** Lists in memory, some 4 MB each, at most 8: the newest job's, the one before, and one of the tip before. */
const MAX_HELD = 3
/** How long a block waits for its transactions: the primary may be starting again meanwhile. */
const MAX_WAIT_MS = 60_000
const LOOK_AGAIN_MS = 100

const NONE: ReadyTransactions = { hex: new Uint8Array(0), isSynced: true }

/** In a stratum process: the transactions of its jobs, the newest at hand, those of older jobs on the disk. */
export class JobTransactions {
  readonly #directory: Pick<JobDirectory, 'readTransactions'>
  readonly #log: Log
  /** By id, in the order of age. */
  readonly #held = new Map<string, ReadyTransactions>()
  /** News are heard one after the other: each says more than the one before. */
  #hearing: Promise<void> = Promise.resolve()
  readonly #onArrival = new Set<() => void>()

  constructor(modules: { readonly directory: Pick<JobDirectory, 'readTransactions'>; readonly log: Log }) {
    this.#directory = modules.directory
    this.#log = modules.log
  }

  /** Never rejects: what cannot be read is looked for again when a block needs it. */
  hear(news: TransactionsNews): Promise<void> {
    this.#hearing = this.#hearing.then(() => this.#take(news))
    return this.#hearing
  }

  /** Undefined when they are not at hand. */
  now(job: Job): ReadyTransactions | undefined {
    if (job.transactionCount === 0) return NONE
    const held = this.#held.get(job.transactionsId)
    return held !== undefined && isWhole(held.hex, job) ? held : undefined
  }

  /** From the disk if they are not at hand, or as soon as they come. Undefined when they did not in a minute. */
  async wait(job: Job, signal: AbortSignal): Promise<ReadyTransactions | undefined> {
    for (let waitedMs = 0; waitedMs < MAX_WAIT_MS; waitedMs += LOOK_AGAIN_MS) {
      const ready = this.now(job) ?? (await this.#read(job))
      if (ready !== undefined) return ready
      await this.#arrivalWithin(LOOK_AGAIN_MS)
      signal.throwIfAborted()
    }
    return undefined
  }

  async #take(news: TransactionsNews): Promise<void> {
    const { id } = news
    try {
      const hex =
        'hex' in news ? news.hex : (this.#held.get(id)?.hex ?? (await this.#directory.readTransactions(id)))
      this.#hold(id, { hex, isSynced: 'isSynced' in news && news.isSynced })
    } catch (error) {
      this.#log.warn({ err: error, id }, 'the transactions of a job cannot be read')
    }
  }

  #arrivalWithin(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        this.#onArrival.delete(end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      this.#onArrival.add(end)
    })
  }

  /** An older job's, or one whose news is still on its way: then they may not be synced. */
  async #read(job: Job): Promise<ReadyTransactions | undefined> {
    try {
      const hex = await this.#directory.readTransactions(job.transactionsId)
      return isWhole(hex, job) ? { hex, isSynced: false } : undefined
    } catch {
      return undefined
    }
  }

  #hold(id: string, ready: ReadyTransactions): void {
    this.#held.set(id, ready)
    const [oldest] = this.#held.keys()
    if (this.#held.size > MAX_HELD) this.#held.delete(oldest!)
    for (const tell of this.#onArrival) tell()
  }
}

const isWhole = (hex: Uint8Array, job: Job): boolean => hex.length === 2 * job.transactionsSize
