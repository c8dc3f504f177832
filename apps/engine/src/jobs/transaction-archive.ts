import type { Log } from '../log.js'
import { hexPieces } from './hex-pieces.js'
import type { JobDirectory } from './job-directory.js'

/** What the stratum processes are told of the transactions of a job's block. */
export type TransactionsNews =
  /** They can be read from the archive; `isSynced`: they are there even after a loss of power. */
  | { readonly id: string; readonly isSynced: boolean }
  /** The disk has refused them: the bytes themselves, lower-case hex as text. */
  | { readonly id: string; readonly hex: Uint8Array }

export interface TransactionArchiveModules {
  readonly directory: Pick<JobDirectory, 'writeTransactions'>
  readonly log: Log
  readonly onNews: (news: TransactionsNews) => void
}

interface Waiting {
  readonly id: string
  readonly transactions: Uint8Array
}

/** Lists that wait for the disk; it takes some 50 ms for one. The oldest of more is not written, but sent. */
const MAX_WAITING = 4

/**
 * Puts the transactions of jobs on the disk, as hex, the form in which `submitblock` takes them: the stratum processes
 * read them from there, so that megabytes go neither through the primary's channels nor through its memory at once.
 */
export class TransactionArchive {
  readonly #modules: TransactionArchiveModules
  readonly #waiting: Waiting[] = []
  #storing: Promise<void> | undefined
  #latest: TransactionsNews | undefined

  constructor(modules: TransactionArchiveModules) {
    this.#modules = modules
  }

  /** Of the transactions that were kept last, for a process that has just started. */
  get latest(): TransactionsNews | undefined {
    return this.#latest
  }

  /** Returns at once. `id` as in `Job.transactionsId`; the transactions are those of its template. */
  keep(id: string, transactions: Uint8Array): void {
    this.#waiting.push({ id, transactions })
    if (this.#waiting.length > MAX_WAITING) this.#send(this.#waiting.shift()!)
    this.#storing ??= this.#storeAll()
  }

  /** Until the disk has what was kept, or has refused it. */
  async settle(): Promise<void> {
    await this.#storing
  }

  async #storeAll(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      await this.#store(next)
    }
    this.#storing = undefined
  }

  async #store(waiting: Waiting): Promise<void> {
    const { directory, log } = this.#modules
    const { id, transactions } = waiting
    try {
      const onReadable = (): void => this.#tell({ id, isSynced: false })
      await directory.writeTransactions(id, hexPieces(transactions), onReadable)
      this.#tell({ id, isSynced: true })
    } catch (error) {
      log.error({ err: error, id }, 'transactions cannot be written; they are sent to the stratum processes')
      this.#send(waiting)
    }
  }

  #send({ id, transactions }: Waiting): void {
    this.#tell({ id, hex: Buffer.concat([...hexPieces(transactions)]) })
  }

  #tell(news: TransactionsNews): void {
    this.#latest = news
    this.#modules.onNews(news)
  }
}
