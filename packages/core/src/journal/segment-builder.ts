import {
  encodeHeader,
  encodeRejects,
  encodeTrailer,
  writeShare,
  type EncodedRecord,
} from './encode-record.js'
import type { FrameBuffer } from './frame-buffer.js'
import { REJECTS_RECORD_BYTES, SHARE_RECORD_BYTES, TRAILER_RECORD_BYTES } from './layout.js'
import { MerkleSumTree, nodeHash, nodeSum } from './merkle-sum.js'
import type { AcceptedShare, SegmentHeader, SegmentTally, SegmentTrailer } from './segment.js'
import type { RejectReason } from '../share/share.js'
import { WorkMemo } from './work-memo.js'

/** Room that every frame keeps free, so that a segment can always be sealed. */
const RESERVED_BYTES = TRAILER_RECORD_BYTES

/**
 * A segment in the making: numbers its jobs and workers and keeps the tree over its shares. The bytes go to the
 * frame of the caller, who decides where one frame ends and the next begins.
 */
export class SegmentBuilder {
  readonly header: SegmentHeader
  readonly #works: WorkMemo
  readonly #tree = new MerkleSumTree()
  readonly #jobDigests: Uint8Array[] = []
  readonly #workerDigests: Uint8Array[] = []

  /** Puts the header into `frame`, which must be empty: it becomes the segment's first. */
  constructor(header: SegmentHeader, frame: FrameBuffer, works: WorkMemo) {
    this.header = header
    this.#works = works
    frame.put(encodeHeader(header))
  }

  /** Whether a share fits, together with `extraBytes` of records that must stand before it. */
  hasRoomForShare(frame: FrameBuffer, extraBytes: number): boolean {
    return frame.hasRoom(extraBytes + SHARE_RECORD_BYTES + RESERVED_BYTES)
  }

  hasRoomForRejects(frame: FrameBuffer, extraBytes: number): boolean {
    return frame.hasRoom(extraBytes + REJECTS_RECORD_BYTES + RESERVED_BYTES)
  }

  /** Returns the number by which shares refer to the job. */
  addJob(frame: FrameBuffer, job: EncodedRecord): number {
    frame.put(job.bytes)
    return this.#jobDigests.push(job.digest) - 1
  }

  addWorker(frame: FrameBuffer, worker: EncodedRecord): number {
    frame.put(worker.bytes)
    return this.#workerDigests.push(worker.digest) - 1
  }

  addShare(frame: FrameBuffer, jobRef: number, workerRef: number, share: AcceptedShare): void {
    const offset = frame.offset
    const work = this.#works.of(share.assignedDifficulty)
    writeShare(frame.bytes, frame.view, offset, jobRef, workerRef, share)
    frame.offset = offset + SHARE_RECORD_BYTES
    this.#tree.append(this.#jobDigests[jobRef]!, this.#workerDigests[workerRef]!, frame.bytes, offset, work)
  }

  addRejects(
    frame: FrameBuffer,
    workerRef: number,
    minuteMs: number,
    reason: RejectReason,
    count: number,
  ): void {
    frame.put(encodeRejects(workerRef, minuteMs, reason, count))
  }

  /** The last record of the segment. */
  addTrailer(frame: FrameBuffer, sealedAtMs: number): SegmentTrailer {
    const trailer = { ...tallyOf(this.#tree), sealedAtMs }
    frame.put(encodeTrailer(trailer))
    return trailer
  }
}

export function tallyOf(tree: MerkleSumTree): SegmentTally {
  const root = tree.root()
  return { shareCount: tree.count, work: nodeSum(root), root: nodeHash(root) }
}
