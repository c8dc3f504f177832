import { ByteReader, equalBytes } from '../bytes.js'
import { sha256 } from '../hash.js'
import {
  readHeader,
  readJob,
  readRejects,
  readShare,
  readSoloJob,
  readTrailer,
  readWorker,
  ValueError,
} from './decode-record.js'
import { TAG } from './layout.js'
import { MerkleSumTree } from './merkle-sum.js'
import type { SegmentHeader, SegmentRecord, SegmentTally, SegmentTrailer, ShareRecord } from './segment.js'
import { tallyOf } from './segment-builder.js'
import { SegmentError, type SegmentErrorCode } from './segment-error.js'
import { WorkMemo } from './work-memo.js'

/** What has been read of a segment. Frames are given one after the other; a frame is taken whole or throws. */
export class SegmentParser {
  readonly records: SegmentRecord[] = []
  header: SegmentHeader | undefined
  trailer: SegmentTrailer | undefined
  readonly #bytes: Uint8Array
  readonly #works = new WorkMemo()
  readonly #tree = new MerkleSumTree()
  readonly #jobDigests: Uint8Array[] = []
  readonly #workerDigests: Uint8Array[] = []

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  tally(): SegmentTally {
    return tallyOf(this.#tree)
  }

  /** Reads the records in `[start, end)`. Throws SegmentError. */
  readFrame(start: number, end: number): void {
    const reader = new ByteReader(this.#bytes.subarray(start, end))
    while (reader.remaining > 0) {
      const offset = start + reader.offset
      try {
        this.#readRecord(reader, offset, start)
      } catch (error) {
        throw atOffset(error, offset)
      }
    }
  }

  #readRecord(reader: ByteReader, offset: number, frameStart: number): void {
    const tag = reader.u8('tag')
    if (this.trailer !== undefined)
      throw new SegmentError('trailing-bytes', offset, 'a record behind the trailer')
    if ((tag === TAG.header) !== (this.header === undefined)) {
      throw new SegmentError('bad-record', offset, 'the header is the first record, and only the first')
    }
    switch (tag) {
      case TAG.header:
        this.header = readHeader(reader)
        return
      case TAG.job:
        this.records.push(readJob(reader, this.#jobDigests.length))
        this.#jobDigests.push(this.#digestSince(offset, reader, frameStart))
        return
      case TAG.soloJob:
        this.records.push(readSoloJob(reader, this.#jobDigests.length))
        this.#jobDigests.push(this.#digestSince(offset, reader, frameStart))
        return
      case TAG.worker:
        this.records.push(readWorker(reader, this.#workerDigests.length))
        this.#workerDigests.push(this.#digestSince(offset, reader, frameStart))
        return
      case TAG.share:
        this.#addShare(readShare(reader), offset)
        return
      case TAG.rejects: {
        const rejects = readRejects(reader)
        this.#expectRef(rejects.workerRef, this.#workerDigests, 'worker', offset)
        this.records.push(rejects)
        return
      }
      case TAG.trailer:
        this.trailer = this.#checkTrailer(readTrailer(reader), offset)
        return
      default:
        throw new SegmentError('bad-record', offset, `no record has the tag ${tag}`)
    }
  }

  #addShare(share: ShareRecord, offset: number): void {
    const jobDigest = this.#expectRef(share.jobRef, this.#jobDigests, 'job', offset)
    const workerDigest = this.#expectRef(share.workerRef, this.#workerDigests, 'worker', offset)
    this.#tree.append(jobDigest, workerDigest, this.#bytes, offset, this.#works.of(share.assignedDifficulty))
    this.records.push(share)
  }

  #expectRef(ref: number, digests: readonly Uint8Array[], kind: string, offset: number): Uint8Array {
    const digest = digests[ref]
    if (digest === undefined) throw new SegmentError('bad-ref', offset, `${kind} ${ref} was not introduced`)
    return digest
  }

  #digestSince(offset: number, reader: ByteReader, frameStart: number): Uint8Array {
    return sha256(this.#bytes.subarray(offset, frameStart + reader.offset))
  }

  #checkTrailer(trailer: SegmentTrailer, offset: number): SegmentTrailer {
    const { shareCount, work, root } = this.tally()
    if (trailer.shareCount !== shareCount) {
      throw new SegmentError('bad-count', offset, `${trailer.shareCount} shares stated, ${shareCount} found`)
    }
    if (trailer.work !== work) {
      throw new SegmentError('bad-work', offset, `work ${trailer.work} stated, ${work} found`)
    }
    if (!equalBytes(trailer.root, root)) {
      throw new SegmentError('bad-root', offset, 'the root is not that of the shares')
    }
    return trailer
  }
}

/** A sum of work that does not fit is an error of the record as well: RangeError, like bytes that end early. */
function atOffset(error: unknown, offset: number): unknown {
  if (error instanceof ValueError) return codedError('bad-value', offset, error)
  if (error instanceof RangeError) return codedError('bad-record', offset, error)
  return error
}

const codedError = (code: SegmentErrorCode, offset: number, cause: Error): SegmentError =>
  new SegmentError(code, offset, cause.message, { cause })
