import type { Network } from '@headframe/core/chain/network'
import { Sha256Stream } from '@headframe/core/hash'
import { FrameBuffer } from '@headframe/core/journal/frame-buffer'
import type { AcceptedShare, JobContent, WorkerIdentity } from '@headframe/core/journal/segment'
import type { RejectReason } from '@headframe/core/share/share'
import { OpenSegment, RecordMemo } from './open-segment.js'
import type { ChainHead } from './recover-chain.js'
import { RejectCounts, type RejectCount } from './reject-counts.js'

export interface GroupBuilderOptions {
  readonly writerId: string
  readonly network: Network
  readonly sealAfterMs: number
  readonly sealAtBytes: number
  readonly maxPendingBytes: number
}

/** A frame on its way to the disk. */
export interface Group {
  readonly segmentSeq: bigint
  readonly bytes: Uint8Array
  /** Sequence number of the first share behind the group. */
  readonly nextShareSeq: number
  /** Whether the segment ends with it. */
  readonly isSeal: boolean
  /** What was counted of rejects and is written with it. */
  readonly rejects: readonly RejectCount[]
}

/**
 * The half of the writer that is memory: puts what comes in into the frame at hand, and decides where a group and
 * a segment ends. There are two frames: while one is on its way to the disk, the other one takes what comes in.
 */
export class GroupBuilder {
  readonly #options: GroupBuilderOptions
  readonly #memo = new RecordMemo()
  readonly #rejects = new RejectCounts()
  #frame: FrameBuffer
  #otherFrame: FrameBuffer
  #segment: OpenSegment | undefined
  #segmentHash = new Sha256Stream()
  /** Of the open segment, without the frame at hand. */
  #segmentBytes = 0
  #incarnation = 0
  #nextSegmentSeq = 0n
  #prevSegmentHash: Uint8Array = new Uint8Array(32)
  #nextShareSeq = 0

  constructor(options: GroupBuilderOptions) {
    this.#options = options
    this.#frame = new FrameBuffer(options.maxPendingBytes)
    this.#otherFrame = new FrameBuffer(options.maxPendingBytes)
  }

  get incarnation(): number {
    return this.#incarnation
  }

  get nextShareSeq(): number {
    return this.#nextShareSeq
  }

  /** Nothing waits for the disk but, maybe, a seal. */
  get isEmpty(): boolean {
    return this.#frame.isEmpty
  }

  /** Where the chain goes on after a recovery; what was pending is forgotten. */
  continueFrom(head: ChainHead, incarnation: number): void {
    this.#incarnation = incarnation
    this.#nextSegmentSeq = head.nextSegmentSeq
    this.#prevSegmentHash = head.prevSegmentHash
    this.#nextShareSeq = Number(head.nextShareSeq)
    this.#segment = undefined
    this.#frame.clear()
    this.#otherFrame.clear()
  }

  /** False when there is no room until the frame on its way has reached the disk. */
  append(share: AcceptedShare, job: JobContent, worker: WorkerIdentity): boolean {
    const segment = this.#segment ?? this.#begin(share.acceptedAtMs)
    if (!segment.addShare(this.#frame, share, job, worker)) return false
    this.#nextShareSeq++
    return true
  }

  countReject(worker: WorkerIdentity, reason: RejectReason, atMs: number): void {
    this.#rejects.add(worker, reason, atMs)
  }

  /** Rejects that there was no room to count since this was last asked. */
  takeLostRejects(): number {
    return this.#rejects.takeLost()
  }

  /** Whether something would be left unsealed if nothing more came. */
  get isUnsealed(): boolean {
    return this.#segment !== undefined || this.#rejects.size > 0
  }

  isSealDue(nowMs: number): boolean {
    const { sealAfterMs, sealAtBytes } = this.#options
    if (this.#rejects.isFull || this.#segmentBytes + this.#frame.size >= sealAtBytes) return true
    // A clock that was set back must not keep a segment open.
    const isOld = (sinceMs: number): boolean => Math.abs(nowMs - sinceMs) >= sealAfterMs
    if (this.#segment !== undefined && isOld(this.#segment.header.openedAtMs)) return true
    return this.#rejects.size > 0 && isOld(this.#rejects.sinceMs)
  }

  /** Ends the frame at hand; its bytes stay until `release`, and no other may be taken before. */
  take(nowMs: number, mustSeal: boolean): Group {
    const isSeal = mustSeal || this.isSealDue(nowMs)
    const segment = this.#segment ?? this.#begin(nowMs)
    const frame = this.#frame
    const rejects = isSeal ? this.#rejects.drain((count) => segment.addRejects(frame, count)) : []
    if (isSeal) segment.seal(frame, nowMs)
    const bytes = frame.finish(this.#segmentBytes === 0)
    this.#segmentHash.update(bytes)
    this.#segmentBytes += bytes.length
    const group = {
      segmentSeq: this.#nextSegmentSeq,
      bytes,
      nextShareSeq: this.#nextShareSeq,
      isSeal,
      rejects,
    }
    if (isSeal) this.#end()
    this.#frame = this.#otherFrame
    this.#otherFrame = frame
    return group
  }

  /** The group that was taken is on the disk, or will never be. */
  release(): void {
    this.#otherFrame.clear()
  }

  restoreRejects(group: Group, nowMs: number): void {
    this.#rejects.restore(group.rejects, nowMs)
  }

  #begin(nowMs: number): OpenSegment {
    const { network, writerId } = this.#options
    const header = {
      network,
      writerId,
      incarnation: this.#incarnation,
      segmentSeq: this.#nextSegmentSeq,
      firstShareSeq: BigInt(this.#nextShareSeq),
      prevSegmentHash: this.#prevSegmentHash,
      openedAtMs: nowMs,
    }
    this.#segment = new OpenSegment(header, this.#frame, this.#memo)
    this.#segmentHash = new Sha256Stream()
    this.#segmentBytes = 0
    return this.#segment
  }

  #end(): void {
    this.#prevSegmentHash = this.#segmentHash.digest()
    this.#nextSegmentSeq++
    this.#segment = undefined
    this.#segmentBytes = 0
  }
}
