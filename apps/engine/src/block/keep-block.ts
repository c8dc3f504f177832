import { bytesToHex } from '@headframe/core/bytes'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JobTransactions } from '../jobs/job-transactions.js'
import type { Log } from '../log.js'
import type { CandidateFiles } from './candidate-file.js'
import type { CandidateRecords } from './candidate-records.js'
import type { FoundBlock } from './found-block.js'
import type { OnSubmitStep } from './submit-step.js'

/** A block that is on the disk, as far as the disk could. */
export interface KeptBlock {
  /** All of it, hex as text, in pieces: nothing is put together for it. */
  readonly blockHex: readonly Uint8Array[]
  /** Until the block has had the disk and the processor for itself for a moment. */
  breath(): Promise<void>
  /** Makes files of its own for the block, if it has none yet. */
  makeWhole(): Promise<void>
}

export interface KeepBlockModules {
  readonly files: CandidateFiles
  readonly records: Pick<CandidateRecords, 'write' | 'clear'>
  readonly transactions: Pick<JobTransactions, 'now' | 'wait'>
  readonly log: Log
  readonly onStep?: OnSubmitStep
}

/** The files of a block are megabytes; nodes take them in first. */
const BREATH_MS = 250

/**
 * Puts a found block on the disk before it is sent: where the transactions of its job are synced, its head and a
 * reference to them, and otherwise all of it. A disk that fails costs no block: it is sent all the same.
 */
export class KeepBlock {
  readonly #modules: KeepBlockModules

  constructor(modules: KeepBlockModules) {
    this.#modules = modules
  }

  /** Waits for transactions that are not here yet. Rejects when they do not come, or when `signal` aborts. */
  async keep(found: FoundBlock, signal: AbortSignal): Promise<KeptBlock> {
    const { files, records, transactions, onStep } = this.#modules
    const { candidate, head, job } = found
    const headHex = bytesToHex(head)
    const atHand = transactions.now(job)
    let place = this.#record(found, headHex)
    onStep?.('recorded')
    const ready = atHand ?? (await transactions.wait(job, signal))
    if (ready === undefined) throw new Error(`block ${candidate.hash}: its transactions did not come`)
    const blockHex = [Buffer.from(headHex, 'latin1'), ready.hex]
    let isWhole = false
    const makeWhole = async (): Promise<void> => {
      if (!isWhole) await files.write(candidate, blockHex)
      isWhole = true
      if (place !== undefined) await records.clear(place)
      place = undefined
    }
    if (place === undefined || !ready.isSynced) await this.#tryWhole(candidate.hash, makeWhole)
    const breath = (): Promise<void> => sleep(BREATH_MS, undefined, { signal }).catch(() => undefined)
    return { blockHex, breath, makeWhole }
  }

  /** Where it stands; undefined when there is no room, or the disk refuses. */
  #record({ candidate, job }: FoundBlock, headHex: string): number | undefined {
    const { records, log } = this.#modules
    const { transactionsId, transactionsSize } = job
    try {
      return records.write({ candidate, headHex, transactionsId, transactionsSize })
    } catch (error) {
      log.error({ err: error, hash: candidate.hash }, 'a found block cannot be written down')
      return undefined
    }
  }

  async #tryWhole(hash: string, makeWhole: () => Promise<void>): Promise<void> {
    try {
      await makeWhole()
    } catch (error) {
      this.#modules.log.error({ err: error, hash }, 'a found block cannot be saved; sending it all the same')
    }
  }
}
