import type { Network } from '@headframe/core/chain/network'
import type { WorkerRecord } from '@headframe/core/journal/segment'
import type { EpochStretch } from '@headframe/core/published/epoch'
import { readFppsStatement, type FppsStatement } from '@headframe/core/published/fpps-statement'
import { fppsPath } from '@headframe/core/published/log-paths'
import { documentHash, isDocumentSignedBy, type JsonObject } from '@headframe/core/published/signed-document'
import type { FaultCode, FaultList } from './fault.js'
import { FppsChecker, type HeightOn } from './fpps-checker.js'
import { FppsStretches } from './fpps-stretches.js'
import { isOfDocument } from './is-of-document.js'
import type { LogSource } from './log-source.js'

const MAX_FPPS_BYTES = 512 << 20

export interface FppsPassOptions {
  readonly network: Network
  readonly key: string
  /** Where the log says that stretches end. */
  readonly ends: readonly number[]
  /** Whether the first epoch that is read is the first of the log. */
  readonly readsFromStart: boolean
}

/** What has come out of all FPPS credits of a log. */
export interface FppsFound {
  readonly credits: number
  readonly unchecked: number
  readonly creditedSats: bigint
  /** FPPS shares that are not credited yet. */
  readonly sharesBehind: number
}

/** The FPPS credits of a log: shares are added up as they are read, and compared when an epoch lists their stretch. */
export class FppsPass {
  readonly #options: FppsPassOptions
  readonly #source: LogSource
  readonly #faults: FaultList
  readonly #stretches: FppsStretches
  readonly #checker: FppsChecker

  constructor(options: FppsPassOptions, source: LogSource, faults: FaultList) {
    this.#options = options
    this.#source = source
    this.#faults = faults
    this.#stretches = new FppsStretches(options.ends)
    this.#checker = new FppsChecker(options.readsFromStart, faults)
  }

  beginSegment(position: number): void {
    this.#stretches.beginSegment(position)
  }

  addShare(worker: Pick<WorkerRecord, 'address' | 'mode'>, score: bigint, height: number): void {
    this.#stretches.addShare(worker, score, height)
  }

  /** The credits that an epoch lists, once its shares were read. */
  async readStretch(entry: EpochStretch): Promise<void> {
    const evidence = this.#stretches.take(entry.endPosition)
    const statement = await this.#read(entry)
    if (statement === undefined) this.#checker.skip(entry.endPosition)
    else this.#checker.check(statement, evidence)
  }

  /** When the whole log was read. */
  finish(heightOn: HeightOn): FppsFound {
    this.#checker.finish(heightOn)
    const { count: credits, unchecked, creditedSats } = this.#checker
    return { credits, unchecked, creditedSats, sharesBehind: this.#stretches.sharesBehind }
  }

  /** Undefined, with a fault, when there are none, or others than the epoch names. */
  async #read({ endPosition, hash }: EpochStretch): Promise<FppsStatement | undefined> {
    const add = (code: FaultCode, what: string): void =>
      this.#faults.add(code, `FPPS up to segment ${endPosition}`, what)
    const path = fppsPath(endPosition)
    const text = await this.#source.readText(path, MAX_FPPS_BYTES)
    if (text === undefined) {
      add('document', `there is no ${path}`)
      return undefined
    }
    try {
      const document = JSON.parse(text) as JsonObject
      const statement = readFppsStatement(document, path)
      const { key, network } = this.#options
      if (documentHash(document) !== hash) {
        add('document', `${path} has another hash than the epoch names`)
        return undefined
      }
      if (!isDocumentSignedBy(document, key)) add('signature', `${path} is not signed by ${key}`)
      if (statement.endPosition !== endPosition) add('document', `${path} ends with ${statement.endPosition}`)
      if (statement.network !== network) add('document', `${path} is of ${statement.network}`)
      return statement
    } catch (error) {
      if (!isOfDocument(error)) throw error
      add('document', error.message)
      return undefined
    }
  }
}
