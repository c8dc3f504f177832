import { bytesToHex, equalBytes, hexToBytes } from '@headframe/core/bytes'
import type { Network } from '@headframe/core/chain/network'
import { sha256 } from '@headframe/core/hash'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import type { Segment, WorkerRecord } from '@headframe/core/journal/segment'
import { SegmentError } from '@headframe/core/journal/segment-error'
import type { EpochSegment } from '@headframe/core/published/epoch'
import { ShareChecker, type CheckedJob, type CheckedShare } from './check-share.js'
import type { FaultCode, FaultList } from './fault.js'
import { TipMemory } from './tip-memory.js'
import { WriterChains } from './writer-chains.js'

/** Told of each share whose segment can be read, in the order in which shares count. */
export type OnCheckedShare = (
  position: number,
  index: number,
  worker: WorkerRecord,
  share: CheckedShare,
) => void

export interface SegmentCheckOptions {
  readonly network: Network
  /** Whether writers may have begun before the log: it begins behind position 1, or is read from its middle. */
  readonly beginsLate: boolean
}

/** Checks the segments of a log one after the other, and each share in them. */
export class SegmentChecker {
  readonly #network: Network
  readonly #faults: FaultList
  readonly #tips = new TipMemory()
  readonly #shares: ShareChecker
  readonly #chains: WriterChains

  constructor({ network, beginsLate }: SegmentCheckOptions, faults: FaultList) {
    this.#network = network
    this.#faults = faults
    this.#shares = new ShareChecker(network, this.#tips)
    this.#chains = new WriterChains(beginsLate)
  }

  /** Height of the blocks that were mined on a block (display order); undefined when the log has no job on it. */
  heightOn(tipHash: string): number | undefined {
    return this.#tips.heightOn(hexToBytes(tipHash).reverse())
  }

  /** A segment of which only the hash is left. */
  skip(entry: EpochSegment): void {
    this.#chains.skip(entry)
  }

  check(position: number, entry: EpochSegment, bytes: Uint8Array, onShare: OnCheckedShare): void {
    const where = `segment ${position}`
    const add = (code: FaultCode, what: string): void => this.#faults.add(code, where, what)
    if (bytesToHex(sha256(bytes)) !== entry.hash) {
      add('segment-hash', 'its bytes have another hash than the epoch names')
      this.#chains.skip(entry)
      return
    }
    const segment = decode(bytes, add)
    if (segment === undefined) {
      this.#chains.skip(entry)
      return
    }
    this.#checkEntry(segment, entry, add)
    for (const problem of this.#chains.take(segment)) add('segment-chain', problem)
    this.#checkShares(position, segment, onShare)
  }

  /** Whether the epoch says the same of a segment as it does itself. */
  #checkEntry(
    { header, trailer }: Segment,
    entry: EpochSegment,
    add: (code: FaultCode, what: string) => void,
  ): void {
    if (header.network !== this.#network) add('segment-content', `it is of ${header.network}`)
    if (header.writerId !== entry.writerId || header.segmentSeq !== BigInt(entry.segmentSeq)) {
      add(
        'segment-chain',
        `it is number ${header.segmentSeq} of ${header.writerId}, and the epoch says otherwise`,
      )
    }
    if (trailer.shareCount !== entry.shareCount)
      add('segment-content', 'the epoch has another count of shares')
    if (trailer.work !== entry.work) add('segment-content', 'the epoch has another sum of work')
    if (!equalBytes(trailer.root, hexToBytes(entry.root)))
      add('segment-content', 'the epoch has another root')
  }

  #checkShares(position: number, { records }: Segment, onShare: OnCheckedShare): void {
    const jobs: (CheckedJob | undefined)[] = []
    const workers: WorkerRecord[] = []
    let index = 0
    let where = `segment ${position}`
    const onFault = (code: FaultCode, what: string): void => this.#faults.add(code, where, what)
    for (const record of records) {
      if (record.kind === 'job') jobs.push(this.#shares.checkJob(record, onFault))
      else if (record.kind === 'worker') workers.push(record)
      else if (record.kind === 'share') {
        const job = jobs[record.jobRef]
        const worker = workers[record.workerRef]!
        where = `share ${position}/${index}`
        if (job !== undefined)
          onShare(position, index, worker, this.#shares.check(job, worker, record, onFault))
        index++
      }
    }
  }
}

function decode(bytes: Uint8Array, add: (code: FaultCode, what: string) => void): Segment | undefined {
  try {
    return decodeSegment(bytes)
  } catch (error) {
    if (!(error instanceof SegmentError)) throw error
    add('segment-content', error.message)
    return undefined
  }
}
