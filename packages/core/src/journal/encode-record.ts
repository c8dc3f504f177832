import { concatBytes, uint32LE, uint64LE } from '../bytes.js'
import { sha256 } from '../hash.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '../job/job.js'
import { REJECT_REASONS, type RejectReason } from '../share/share.js'
import { MODE_NUMBERS, NETWORK_NUMBERS, SHARE_RECORD_BYTES, TAG, WRITER_ID } from './layout.js'
import { REJECTS_RECORD_BYTES, TRAILER_RECORD_BYTES } from './layout.js'
import type { AcceptedShare, JobContent, SegmentHeader, SegmentTrailer, WorkerIdentity } from './segment.js'
import { uint256ToBytes } from './uint256.js'

/** Bytes of a job or worker record, and their SHA-256, which the leaves of its shares hold. */
export interface EncodedRecord {
  readonly bytes: Uint8Array
  readonly digest: Uint8Array
}

const utf8 = new TextEncoder()
const HASH_BYTES = 32
const NOTHING = new Uint8Array(0)
const TWO_TO_32 = 0x1_0000_0000

/** These functions throw RangeError for a field that its place cannot hold: the edge has let something through. */
export function encodeHeader(header: SegmentHeader): Uint8Array {
  if (!WRITER_ID.test(header.writerId)) throw new RangeError(`"${header.writerId}" is no writer id`)
  return concatBytes(
    Uint8Array.of(TAG.header, numberOf(NETWORK_NUMBERS, header.network)),
    uint32LE(header.incarnation),
    uint64LE(header.segmentSeq),
    uint64LE(header.firstShareSeq),
    hashBytes(header.prevSegmentHash),
    uint64LE(BigInt(header.openedAtMs)),
    shortText(header.writerId),
  )
}

export function encodeJob(job: JobContent): EncodedRecord {
  if (job.merklePath.length > 0xff) throw new RangeError(`a Merkle path of ${job.merklePath.length} hashes`)
  const suffix = job.openSuffix?.bytes ?? job.coinbaseSuffix
  const bytes = concatBytes(
    Uint8Array.of(job.openSuffix === undefined ? TAG.job : TAG.soloJob),
    shortText(job.jobId),
    uint32LE(job.height),
    uint32LE(job.version),
    hashBytes(job.prevHash),
    uint32LE(job.nbits),
    uint32LE(job.coinbasePrefix.length),
    job.coinbasePrefix,
    uint32LE(suffix.length),
    suffix,
    Uint8Array.of(job.merklePath.length),
    ...job.merklePath.map(hashBytes),
    job.openSuffix === undefined ? NOTHING : uint32LE(job.openSuffix.payoutAt),
  )
  return { bytes, digest: sha256(bytes) }
}

export function encodeWorker(worker: WorkerIdentity): EncodedRecord {
  const bytes = concatBytes(
    Uint8Array.of(TAG.worker, numberOf(MODE_NUMBERS, worker.mode)),
    shortText(worker.address),
    shortText(worker.workerName),
  )
  return { bytes, digest: sha256(bytes) }
}

/** Writes `SHARE_RECORD_BYTES` at `offset`. Flat, because it runs once a share. */
export function writeShare(
  bytes: Uint8Array,
  view: DataView,
  offset: number,
  jobRef: number,
  workerRef: number,
  share: AcceptedShare,
): void {
  if (share.extranonce1.length !== EXTRANONCE1_SIZE || share.extranonce2.length !== EXTRANONCE2_SIZE) {
    throw new RangeError('an extranonce has the wrong size')
  }
  bytes[offset] = TAG.share
  view.setUint32(offset + 1, jobRef, true)
  view.setUint32(offset + 5, workerRef, true)
  writeMilliseconds(view, offset + 9, share.acceptedAtMs)
  view.setFloat64(offset + 17, share.assignedDifficulty, true)
  bytes.set(share.extranonce1, offset + 25)
  bytes.set(share.extranonce2, offset + 25 + EXTRANONCE1_SIZE)
  const tail = offset + SHARE_RECORD_BYTES - 12
  view.setUint32(tail, share.ntime, true)
  view.setUint32(tail + 4, share.nonce, true)
  view.setUint32(tail + 8, share.version, true)
}

export function encodeRejects(
  workerRef: number,
  minuteMs: number,
  reason: RejectReason,
  count: number,
): Uint8Array {
  const bytes = new Uint8Array(REJECTS_RECORD_BYTES)
  const view = new DataView(bytes.buffer)
  bytes[0] = TAG.rejects
  view.setUint32(1, workerRef, true)
  writeMilliseconds(view, 5, minuteMs)
  bytes[13] = numberOf(REJECT_REASONS, reason)
  view.setUint32(14, count, true)
  return bytes
}

export function encodeTrailer(trailer: SegmentTrailer): Uint8Array {
  const bytes = new Uint8Array(TRAILER_RECORD_BYTES)
  const view = new DataView(bytes.buffer)
  bytes[0] = TAG.trailer
  view.setUint32(1, trailer.shareCount, true)
  bytes.set(uint256ToBytes(trailer.work), 5)
  bytes.set(hashBytes(trailer.root), 37)
  writeMilliseconds(view, 69, trailer.sealedAtMs)
  return bytes
}

/** A u64 without a bigint, which would be an allocation a share. */
function writeMilliseconds(view: DataView, offset: number, ms: number): void {
  view.setUint32(offset, ms, true)
  view.setUint32(offset + 4, Math.floor(ms / TWO_TO_32), true)
}

function numberOf<T extends string>(names: readonly T[], name: T): number {
  const number = names.indexOf(name)
  if (number === -1) throw new RangeError(`"${name}" has no number in a segment`)
  return number
}

/** u8 length, then the text in UTF-8. */
function shortText(text: string): Uint8Array {
  const bytes = utf8.encode(text)
  if (bytes.length > 0xff) throw new RangeError(`a text of ${bytes.length} bytes is too long for a segment`)
  return concatBytes(Uint8Array.of(bytes.length), bytes)
}

function hashBytes(hash: Uint8Array): Uint8Array {
  if (hash.length !== HASH_BYTES) throw new RangeError(`a hash has 32 bytes, not ${hash.length}`)
  return hash
}
