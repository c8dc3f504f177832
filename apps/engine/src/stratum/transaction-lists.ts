import { splitTransactions } from '@headframe/core/chain/split-transactions'
import type { Job } from '@headframe/core/job/job'
import type { JobTransactions } from '../jobs/job-transactions.js'

/** Lists kept; one has twice the bytes of its block. */
const MAX_LISTS = 2

/** The transactions of jobs as JSON arrays of hex, made when one is asked for, and the same bytes for all who ask. */
export class TransactionLists {
  readonly #transactions: Pick<JobTransactions, 'now'>
  readonly #lists = new Map<Job, Uint8Array>()

  constructor(transactions: Pick<JobTransactions, 'now'>) {
    this.#transactions = transactions
  }

  /** Undefined while they are not there yet. */
  of(job: Job): Uint8Array | undefined {
    let list = this.#lists.get(job)
    if (list === undefined) {
      const ready = this.#transactions.now(job)
      if (ready === undefined) return undefined
      list = listOf(ready.hex, job.transactionCount)
      this.#lists.set(job, list)
      const [oldest] = this.#lists.keys()
      if (this.#lists.size > MAX_LISTS) this.#lists.delete(oldest!)
    }
    return list
  }
}

function listOf(hexBytes: Uint8Array, count: number): Uint8Array {
  const hex = Buffer.from(hexBytes.buffer, hexBytes.byteOffset, hexBytes.length).toString('latin1')
  const bytes = Buffer.from(hex, 'hex')
  const quoted = splitTransactions(bytes, count).map(({ byteOffset, length }) => {
    const start = 2 * (byteOffset - bytes.byteOffset)
    return `"${hex.slice(start, start + 2 * length)}"`
  })
  return Buffer.from(`[${quoted.join(',')}]`, 'latin1')
}
