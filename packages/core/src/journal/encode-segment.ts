import { concatBytes } from '../bytes.js'
import { encodeJob, encodeTrailer, encodeWorker } from './encode-record.js'
import { FrameBuffer } from './frame-buffer.js'
import { REJECTS_RECORD_BYTES, SHARE_RECORD_BYTES, TRAILER_RECORD_BYTES } from './layout.js'
import type { JobRecord, SegmentHeader, SegmentRecord, SegmentTrailer } from './segment.js'
import { SegmentBuilder } from './segment-builder.js'
import { WorkMemo } from './work-memo.js'

const MAX_HEADER_BYTES = 128
/** Generous: mode, and two texts of at most 255 bytes with their lengths. */
const MAX_WORKER_BYTES = 514

/**
 * A sealed segment in one go, a frame for each list of records and one for the trailer. The engine writes segments
 * as shares come in; this is for rebuilding them, and for tests.
 *
 * Throws RangeError for a field its place cannot hold, and for a `jobRef` or `workerRef` that is not the number of
 * the record.
 */
export function encodeSegment(
  header: SegmentHeader,
  frames: readonly (readonly SegmentRecord[])[],
  sealedAtMs: number,
): Uint8Array {
  const buffer = new FrameBuffer(MAX_HEADER_BYTES + Math.max(TRAILER_RECORD_BYTES, ...frames.map(boundOf)))
  const builder = new SegmentBuilder(header, buffer, new WorkMemo())
  const parts: Uint8Array[] = []
  const cut = (): void => {
    if (buffer.isEmpty) return
    parts.push(buffer.finish(parts.length === 0).slice())
    buffer.clear()
  }
  for (const records of frames) {
    for (const record of records) addRecord(builder, buffer, record)
    cut()
  }
  cut()
  builder.addTrailer(buffer, sealedAtMs)
  cut()
  return concatBytes(...parts)
}

/** The frame that seals a segment whose shares are already written. */
export function encodeTrailerFrame(trailer: SegmentTrailer): Uint8Array {
  const buffer = new FrameBuffer(TRAILER_RECORD_BYTES)
  buffer.put(encodeTrailer(trailer))
  return buffer.finish(false)
}

function addRecord(builder: SegmentBuilder, buffer: FrameBuffer, record: SegmentRecord): void {
  switch (record.kind) {
    case 'job':
      expectRef(record.jobRef, builder.addJob(buffer, encodeJob(record)))
      return
    case 'worker':
      expectRef(record.workerRef, builder.addWorker(buffer, encodeWorker(record)))
      return
    case 'share':
      builder.addShare(buffer, record.jobRef, record.workerRef, record)
      return
    case 'rejects':
      builder.addRejects(buffer, record.workerRef, record.minuteMs, record.reason, record.count)
      return
  }
}

function expectRef(stated: number, given: number): void {
  if (stated !== given) throw new RangeError(`the record is number ${given} of its segment, not ${stated}`)
}

/** No frame of these records is larger. */
function boundOf(records: readonly SegmentRecord[]): number {
  return records.reduce((sum, record) => sum + sizeBound(record), 0)
}

function sizeBound(record: SegmentRecord): number {
  switch (record.kind) {
    case 'job':
      return jobSizeBound(record)
    case 'worker':
      return MAX_WORKER_BYTES
    case 'share':
      return SHARE_RECORD_BYTES
    case 'rejects':
      return REJECTS_RECORD_BYTES
  }
}

function jobSizeBound(job: JobRecord): number {
  return 320 + job.coinbasePrefix.length + job.coinbaseSuffix.length + 32 * job.merklePath.length
}
