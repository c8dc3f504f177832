import { ByteReader } from '../bytes.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '../job/job.js'
import { REJECT_REASONS } from '../share/share.js'
import { MODE_NUMBERS, NETWORK_NUMBERS, WRITER_ID } from './layout.js'
import type {
  JobRecord,
  RejectsRecord,
  SegmentHeader,
  SegmentTrailer,
  ShareRecord,
  WorkerRecord,
} from './segment.js'
import { uint256OfBytes } from './uint256.js'

/** A field that was read whole and holds what it may not. */
export class ValueError extends Error {}

const MINUTE_MS = 60_000
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Each of these reads a record from behind its tag. They throw RangeError when the bytes end and ValueError when a
 * field is out of range. Byte fields are views of what is read.
 */
export function readHeader(reader: ByteReader): SegmentHeader {
  const network = nameOf(NETWORK_NUMBERS, reader.u8('network'), 'network')
  const incarnation = reader.u32('incarnation')
  const segmentSeq = reader.u64('segmentSeq')
  const firstShareSeq = reader.u64('firstShareSeq')
  const prevSegmentHash = reader.bytes(32, 'prevSegmentHash')
  const openedAtMs = readMilliseconds(reader, 'openedAtMs')
  const writerId = readAscii(reader, 'writerId')
  if (!WRITER_ID.test(writerId)) throw new ValueError(`"${writerId}" is no writer id`)
  return { network, writerId, incarnation, segmentSeq, firstShareSeq, prevSegmentHash, openedAtMs }
}

export function readJob(reader: ByteReader, jobRef: number): JobRecord {
  return {
    kind: 'job',
    jobRef,
    jobId: readAscii(reader, 'jobId'),
    height: reader.u32('height'),
    version: reader.u32('version'),
    prevHash: reader.bytes(32, 'prevHash'),
    nbits: reader.u32('nbits'),
    coinbasePrefix: reader.bytes(reader.u32('coinbasePrefix length'), 'coinbasePrefix'),
    coinbaseSuffix: reader.bytes(reader.u32('coinbaseSuffix length'), 'coinbaseSuffix'),
    merklePath: Array.from({ length: reader.u8('merklePath length') }, () => reader.bytes(32, 'merklePath')),
  }
}

/** A job whose coinbase pays whoever finds its block. */
export function readSoloJob(reader: ByteReader, jobRef: number): JobRecord {
  const job = readJob(reader, jobRef)
  const payoutAt = reader.u32('payoutAt')
  const { length } = job.coinbaseSuffix
  if (payoutAt > length)
    throw new ValueError(`payoutAt ${payoutAt} is beyond the ${length} bytes of the suffix`)
  return { ...job, openSuffix: { bytes: job.coinbaseSuffix, payoutAt } }
}

export function readWorker(reader: ByteReader, workerRef: number): WorkerRecord {
  const mode = nameOf(MODE_NUMBERS, reader.u8('mode'), 'mode')
  return {
    kind: 'worker',
    workerRef,
    mode,
    address: readAscii(reader, 'address'),
    workerName: readUtf8(reader, 'workerName'),
  }
}

export function readShare(reader: ByteReader): ShareRecord {
  return {
    kind: 'share',
    jobRef: reader.u32('jobRef'),
    workerRef: reader.u32('workerRef'),
    acceptedAtMs: readMilliseconds(reader, 'acceptedAtMs'),
    assignedDifficulty: readDifficulty(reader),
    extranonce1: reader.bytes(EXTRANONCE1_SIZE, 'extranonce1'),
    extranonce2: reader.bytes(EXTRANONCE2_SIZE, 'extranonce2'),
    ntime: reader.u32('ntime'),
    nonce: reader.u32('nonce'),
    version: reader.u32('version'),
  }
}

export function readRejects(reader: ByteReader): RejectsRecord {
  const workerRef = reader.u32('workerRef')
  const minuteMs = readMilliseconds(reader, 'minuteMs')
  if (minuteMs % MINUTE_MS !== 0) throw new ValueError(`minuteMs ${minuteMs} is not the start of a minute`)
  const reason = nameOf(REJECT_REASONS, reader.u8('reason'), 'reason')
  const count = reader.u32('count')
  if (count === 0) throw new ValueError('a count of no rejects')
  return { kind: 'rejects', workerRef, minuteMs, reason, count }
}

export function readTrailer(reader: ByteReader): SegmentTrailer {
  return {
    shareCount: reader.u32('shareCount'),
    work: uint256OfBytes(reader.bytes(32, 'work')),
    root: reader.bytes(32, 'root'),
    sealedAtMs: readMilliseconds(reader, 'sealedAtMs'),
  }
}

function readMilliseconds(reader: ByteReader, what: string): number {
  const low = reader.u32(what)
  const ms = reader.u32(what) * 0x1_0000_0000 + low
  if (!Number.isSafeInteger(ms)) throw new ValueError(`${what} is above 2^53 - 1`)
  return ms
}

function readDifficulty(reader: ByteReader): number {
  const bytes = reader.bytes(8, 'assignedDifficulty')
  const difficulty = new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true)
  if (!Number.isFinite(difficulty) || difficulty <= 0) throw new ValueError(`${difficulty} is no difficulty`)
  return difficulty
}

function nameOf<T>(names: readonly T[], number: number, what: string): T {
  const name = names[number]
  if (name === undefined) throw new ValueError(`no ${what} has the number ${number}`)
  return name
}

function readUtf8(reader: ByteReader, what: string): string {
  const bytes = reader.bytes(reader.u8(`${what} length`), what)
  try {
    return utf8.decode(bytes)
  } catch {
    throw new ValueError(`${what} is not UTF-8`)
  }
}

function readAscii(reader: ByteReader, what: string): string {
  const bytes = reader.bytes(reader.u8(`${what} length`), what)
  if (bytes.some((byte) => byte > 0x7f)) throw new ValueError(`${what} is not ASCII`)
  return utf8.decode(bytes)
}
