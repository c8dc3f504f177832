import { blockAuditDocument, readBlockAudit, type BlockAudit } from '@headframe/core/published/block-audit'
import type { BlockStatement } from '@headframe/core/published/block-statement'
import { canonicalJson } from '@headframe/core/published/canonical-json'
import { lastPositionOf, type Epoch, type EpochSegment } from '@headframe/core/published/epoch'
import type { LogIndex } from '@headframe/core/published/log-index'
import { auditPath, epochSharesPath } from '@headframe/core/published/log-paths'
import type { JsonObject } from '@headframe/core/published/signed-document'
import { BlockWindows } from './block-windows.js'
import { SegmentChecker } from './check-segment.js'
import { cutSegments, WrongLength } from './cut-segments.js'
import type { CheckedEpoch } from './epoch-reader.js'
import type { FaultList } from './fault.js'
import { FppsPass, type FppsFound } from './fpps-pass.js'
import { isOfDocument } from './is-of-document.js'
import { judgeBlock, type BlockVerdict } from './judge-block.js'
import type { LogSource } from './log-source.js'
import { PayoutChecker } from './payout-checker.js'

const MAX_AUDIT_BYTES = 512 << 20

export interface SharePassOptions {
  readonly index: LogIndex
  readonly key: string
  readonly fromEpoch: number
  /** Of the first epoch that is read. */
  readonly firstPosition: number
  /** Of all blocks. */
  readonly statements: readonly BlockStatement[]
  /** Where stretches of FPPS credits end, all of them. */
  readonly fppsEnds: readonly number[]
  readonly onBlock: ((verdict: BlockVerdict) => void) | undefined
}

/** The pass over the shares: segments are checked, windows filled, and blocks judged by the epoch that lists them. */
export class SharePass {
  readonly #options: SharePassOptions
  readonly #source: LogSource
  readonly #faults: FaultList
  readonly #checker: SegmentChecker
  readonly #windows: BlockWindows
  readonly #fpps: FppsPass
  readonly payouts: PayoutChecker
  readonly blocks: BlockVerdict[] = []
  segments = 0
  prunedSegments = 0
  shares = 0

  constructor(options: SharePassOptions, source: LogSource, faults: FaultList) {
    const { index, key, fromEpoch, firstPosition, statements } = options
    this.#options = options
    this.#source = source
    this.#faults = faults
    this.payouts = new PayoutChecker(faults)
    const beginsLate = firstPosition > 1 || fromEpoch > 1
    this.#checker = new SegmentChecker({ network: index.network, beginsLate }, faults)
    const readsFromStart = fromEpoch === 1 && firstPosition > index.prunedPosition
    this.#windows = new BlockWindows(statements, readsFromStart)
    const ofFpps = { network: index.network, key, ends: options.fppsEnds, readsFromStart: fromEpoch === 1 }
    this.#fpps = new FppsPass(ofFpps, source, faults)
  }

  async readEpoch({ epoch, statements, payouts }: CheckedEpoch): Promise<void> {
    if (lastPositionOf(epoch) <= this.#options.index.prunedPosition) this.#skip(epoch.segments)
    else if (epoch.segments.length > 0) await this.#readShares(epoch)
    for (const [at, statement] of statements.entries()) {
      const evidence = this.#windows.close(statement, this.#faults.count)
      const audit = await this.#readAudit(statement, epoch.blocks[at]!, epoch.epoch)
      const verdict = judgeBlock(statement, audit, evidence, this.#faults)
      this.blocks.push(verdict)
      this.#options.onBlock?.(verdict)
    }
    for (const entry of epoch.fpps) await this.#fpps.readStretch(entry)
    for (const payout of payouts) this.payouts.check(payout)
  }

  /** When all epochs were read. */
  finish(): FppsFound {
    return this.#fpps.finish((tipHash) => this.#checker.heightOn(tipHash))
  }

  #skip(segments: readonly EpochSegment[]): void {
    for (const entry of segments) this.#checker.skip(entry)
    this.prunedSegments += segments.length
  }

  async #readShares({ epoch, firstPosition, segments }: Epoch): Promise<void> {
    const path = epochSharesPath(epoch)
    const chunks = await this.#source.open(path)
    if (chunks === undefined) {
      this.#faults.add(
        'document',
        `epoch ${epoch}`,
        `there is no ${path}, and the index does not call it pruned`,
      )
      this.#skip(segments)
      return
    }
    let position = firstPosition
    try {
      const sizes = segments.map(({ bytes }) => bytes)
      for await (const bytes of cutSegments(chunks, sizes)) {
        this.#readSegment(position, segments[position - firstPosition]!, bytes)
        position++
      }
    } catch (error) {
      if (!(error instanceof WrongLength)) throw error
      this.#faults.add('segment-hash', `epoch ${epoch}`, `${path}: ${error.message}`)
      for (const entry of segments.slice(position - firstPosition)) this.#checker.skip(entry)
    }
  }

  #readSegment(position: number, entry: EpochSegment, bytes: Uint8Array): void {
    const windows = this.#windows
    windows.beginSegment(position, this.#faults.count)
    this.#fpps.beginSegment(position)
    this.#checker.check(position, entry, bytes, (_, index, worker, { height, score, blockHash }) => {
      this.shares++
      this.#fpps.addShare(worker, score, height)
      windows.addShare(index, worker, score, blockHash)
    })
    windows.endSegment()
    this.segments++
  }

  /** Undefined, with a fault, when there is none, or another than the epoch's statement leads to. */
  async #readAudit(
    { height, hash }: BlockStatement,
    signed: JsonObject,
    epoch: number,
  ): Promise<BlockAudit | undefined> {
    const add = (what: string): void => this.#faults.add('document', `block ${height} ${hash}`, what)
    const path = auditPath(hash)
    const text = await this.#source.readText(path, MAX_AUDIT_BYTES)
    if (text === undefined) {
      add(`there is no ${path}`)
      return undefined
    }
    try {
      const document = JSON.parse(text) as JsonObject
      const audit = readBlockAudit(document, path)
      if (canonicalJson(audit.signedStatement) !== canonicalJson(signed)) {
        add('its audit document has another statement than the epoch')
        return undefined
      }
      // What stands there for people must be what stands there for programs.
      const rebuilt = { ...blockAuditDocument(audit, audit.statement), epoch }
      if (canonicalJson(rebuilt) !== canonicalJson(document))
        add('its audit document says more than follows from it')
      return audit
    } catch (error) {
      if (!isOfDocument(error)) throw error
      add(error.message)
      return undefined
    }
  }
}
