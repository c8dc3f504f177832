import { bytesToHex } from '@headframe/core/bytes'
import { splitTransactions } from '@headframe/core/chain/split-transactions'
import type { Job } from '@headframe/core/job/job'

/** Lists kept; one has twice the bytes of its block. */
const MAX_LISTS = 2

/** The transactions of jobs as JSON arrays of hex, made when one is asked for, and the same bytes for all who ask. */
export class TransactionLists {
  readonly #lists = new Map<Job, Uint8Array>()

  of(job: Job): Uint8Array {
    let list = this.#lists.get(job)
    if (list === undefined) {
      const transactions = splitTransactions(job.transactions, job.transactionCount)
      list = Buffer.from(`[${transactions.map((transaction) => `"${bytesToHex(transaction)}"`).join(',')}]`)
      this.#lists.set(job, list)
      const [oldest] = this.#lists.keys()
      if (this.#lists.size > MAX_LISTS) this.#lists.delete(oldest!)
    }
    return list
  }
}
