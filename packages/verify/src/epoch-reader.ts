import type { BlockStatement } from '@headframe/core/published/block-statement'
import { readBlockStatement } from '@headframe/core/published/block-statement'
import { lastPositionOf, NO_EPOCH, readEpoch, type Epoch } from '@headframe/core/published/epoch'
import { readPayoutStatement, type PayoutStatement } from '@headframe/core/published/payout-statement'
import { INDEX_PATH, epochPath } from '@headframe/core/published/log-paths'
import { readLogIndex, type LogIndex } from '@headframe/core/published/log-index'
import { documentHash, isDocumentSignedBy, type JsonObject } from '@headframe/core/published/signed-document'
import type { FaultCode, FaultList } from './fault.js'
import { isOfDocument } from './is-of-document.js'
import { SourceError, type LogSource } from './log-source.js'

const MAX_INDEX_BYTES = 1 << 16
const MAX_EPOCH_DOCUMENT_BYTES = 16 << 20

/** An epoch that has passed all checks of its document. */
export interface CheckedEpoch {
  readonly epoch: Epoch
  readonly hash: string
  readonly statements: readonly BlockStatement[]
  readonly payouts: readonly PayoutStatement[]
}

/** Throws SourceError when there is no index that can be read: then there is no log here. */
export async function readIndex(source: LogSource): Promise<LogIndex> {
  const text = await source.readText(INDEX_PATH, MAX_INDEX_BYTES)
  if (text === undefined) throw new SourceError(`${source.name} has no ${INDEX_PATH}: no public log is here`)
  try {
    return readLogIndex(JSON.parse(text), INDEX_PATH)
  } catch (error) {
    throw new SourceError(`${source.name}/${INDEX_PATH} is none: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

/** Reads the documents of epochs one after the other, and checks that each goes on where the one before ended. */
export class EpochReader {
  readonly #source: LogSource
  readonly #index: LogIndex
  readonly #key: string
  readonly #faults: FaultList
  #last: CheckedEpoch | undefined
  #lastFppsEnd = 0

  constructor(source: LogSource, index: LogIndex, key: string, faults: FaultList) {
    this.#source = source
    this.#index = index
    this.#key = key
    this.#faults = faults
  }

  /** Undefined, with a fault, when there is no such document or none that can be read. */
  async read(number: number): Promise<CheckedEpoch | undefined> {
    const path = epochPath(number)
    const add = (code: FaultCode, what: string): void => this.#faults.add(code, `epoch ${number}`, what)
    const text = await this.#source.readText(path, MAX_EPOCH_DOCUMENT_BYTES)
    if (text === undefined) {
      add('document', `there is no ${path}`)
      return undefined
    }
    try {
      const document = JSON.parse(text) as JsonObject
      const epoch = readEpoch(document, `epoch ${number}`)
      const hash = documentHash(document)
      if (!isDocumentSignedBy(document, this.#key)) add('signature', `it is not signed by ${this.#key}`)
      this.#checkChain(number, epoch, add)
      this.#checkFpps(epoch, add)
      const statements = this.#readStatements(epoch, add)
      this.#last = { epoch, hash, statements, payouts: this.#readPayouts(epoch, add) }
      return this.#last
    } catch (error) {
      if (!isOfDocument(error)) throw error
      add('document', error.message)
      return undefined
    }
  }

  #checkChain(number: number, epoch: Epoch, add: (code: FaultCode, what: string) => void): void {
    if (epoch.epoch !== number) add('epoch-chain', `its document is that of epoch ${epoch.epoch}`)
    if (epoch.network !== this.#index.network) add('epoch-chain', `it is of ${epoch.network}`)
    const last = this.#last
    if (number === 1 && epoch.previous !== NO_EPOCH)
      add('epoch-chain', 'it is the first, and names one before it')
    if (last === undefined) return
    if (epoch.previous !== last.hash)
      add('epoch-chain', 'it names another epoch before it than the one that is there')
    const next = lastPositionOf(last.epoch) + 1
    if (epoch.firstPosition !== next) {
      add('epoch-chain', `it begins at segment ${epoch.firstPosition}, and ${next} should come`)
    }
    if (epoch.sealedAtMs < last.epoch.sealedAtMs) add('epoch-chain', 'it was sealed before the one before it')
  }

  /** FPPS credits are listed in their order, and when all of their shares are there. */
  #checkFpps(epoch: Epoch, add: (code: FaultCode, what: string) => void): void {
    for (const { endPosition } of epoch.fpps) {
      const name = `the FPPS credits up to segment ${endPosition}`
      if (endPosition <= this.#lastFppsEnd)
        add('fpps', `${name} stand behind those up to ${this.#lastFppsEnd}`)
      if (endPosition > lastPositionOf(epoch)) add('fpps', `${name} end behind the epoch`)
      this.#lastFppsEnd = endPosition
    }
  }

  #readStatements(epoch: Epoch, add: (code: FaultCode, what: string) => void): BlockStatement[] {
    return epoch.blocks.map((document, index) => {
      const statement = readBlockStatement(document, `epoch ${epoch.epoch}, block ${index}`)
      const name = `the statement of block ${statement.hash}`
      if (!isDocumentSignedBy(document, this.#key)) add('signature', `${name} is not signed by ${this.#key}`)
      if (statement.network !== epoch.network) add('document', `${name} is of ${statement.network}`)
      if (statement.windowEnd.position > lastPositionOf(epoch)) {
        add('document', `${name} has a window that ends behind the epoch`)
      }
      return statement
    })
  }

  #readPayouts(epoch: Epoch, add: (code: FaultCode, what: string) => void): PayoutStatement[] {
    return epoch.payouts.map((document, index) => {
      const statement = readPayoutStatement(document, `epoch ${epoch.epoch}, payout ${index}`)
      const name = `the statement of payout ${statement.batch}`
      if (!isDocumentSignedBy(document, this.#key)) add('signature', `${name} is not signed by ${this.#key}`)
      if (statement.network !== epoch.network) add('document', `${name} is of ${statement.network}`)
      return statement
    })
  }
}
