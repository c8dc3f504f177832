import { ByteReader } from '../bytes.js'
import {
  readHeader,
  readJob,
  readRejects,
  readShare,
  readSoloJob,
  readTrailer,
  readWorker,
} from './decode-record.js'
import { readFrames, type FrameReader } from './decode-frames.js'
import { TAG } from './layout.js'
import type { JobRecord, SegmentHeader, SegmentTrailer, ShareRecord, WorkerRecord } from './segment.js'
import { SegmentError } from './segment-error.js'

export type OnShare = (
  job: JobRecord,
  share: ShareRecord,
  worker: WorkerRecord,
  header: Pick<SegmentHeader, 'network'>,
) => void

/**
 * Tells of each share of a segment with its job and worker, as far as the segment is whole, whether it is sealed or still being
 * written. Whoever wants to know whether a share was acknowledged asks this: CRC-32 of each frame is checked, the
 * sums are not, which makes it many times faster than decoding. Never throws: what cannot be read ends the scan.
 *
 * Returns when the segment was sealed, undefined when it was not or its end cannot be read. Byte fields are views of
 * `bytes`.
 */
export function scanShares(bytes: Uint8Array, onShare: OnShare): number | undefined {
  const scanner = new ShareScanner(bytes, onShare)
  try {
    readFrames(scanner, bytes)
  } catch (error) {
    if (!(error instanceof SegmentError)) throw error
  }
  return scanner.trailer?.sealedAtMs
}

class ShareScanner implements FrameReader {
  trailer: SegmentTrailer | undefined
  readonly #bytes: Uint8Array
  readonly #onShare: OnShare
  #header: SegmentHeader | undefined
  readonly #jobs: JobRecord[] = []
  readonly #workers: WorkerRecord[] = []

  constructor(bytes: Uint8Array, onShare: OnShare) {
    this.#bytes = bytes
    this.#onShare = onShare
  }

  readFrame(start: number, end: number): void {
    const reader = new ByteReader(this.#bytes.subarray(start, end))
    while (reader.remaining > 0) {
      // A share is told outside, so that what its listener throws is not taken for a damaged record.
      const share = this.#readRecord(reader, start)
      if (share === undefined) continue
      const job = this.#jobs[share.jobRef]
      const worker = this.#workers[share.workerRef]
      const header = this.#header
      if (job !== undefined && worker !== undefined && header !== undefined) {
        this.#onShare(job, share, worker, header)
      }
    }
  }

  #readRecord(reader: ByteReader, start: number): ShareRecord | undefined {
    const offset = start + reader.offset
    try {
      return this.#read(reader, offset)
    } catch (error) {
      if (error instanceof SegmentError) throw error
      throw new SegmentError('bad-record', offset, (error as Error).message, { cause: error })
    }
  }

  #read(reader: ByteReader, offset: number): ShareRecord | undefined {
    const tag = reader.u8('tag')
    switch (tag) {
      case TAG.share:
        return readShare(reader)
      case TAG.job:
        this.#jobs.push(readJob(reader, this.#jobs.length))
        return undefined
      case TAG.soloJob:
        this.#jobs.push(readSoloJob(reader, this.#jobs.length))
        return undefined
      case TAG.worker:
        this.#workers.push(readWorker(reader, this.#workers.length))
        return undefined
      case TAG.rejects:
        readRejects(reader)
        return undefined
      case TAG.header:
        this.#header = readHeader(reader)
        return undefined
      case TAG.trailer:
        this.trailer = readTrailer(reader)
        return undefined
      default:
        throw new SegmentError('bad-record', offset, `no record has the tag ${tag}`)
    }
  }
}
