import { equalBytes } from '../bytes.js'
import { frameCrc } from './frame-buffer.js'
import { FRAME_HEADER_BYTES, FRAME_MARK, MAGIC, MAX_FRAME_BYTES, PREAMBLE_BYTES, VERSION } from './layout.js'
import type { SegmentHeader, SegmentRecord, SegmentTally, SegmentTrailer } from './segment.js'
import { SegmentError, type SegmentErrorCode } from './segment-error.js'
import { SegmentParser } from './segment-parser.js'

/** What a segment that was not closed properly still holds. */
export interface WholeFrames {
  /** Undefined when not even the first frame is whole: then nothing was acknowledged. */
  readonly header: SegmentHeader | undefined
  readonly records: readonly SegmentRecord[]
  readonly tally: SegmentTally
  /** Undefined when the segment was not sealed. */
  readonly trailer: SegmentTrailer | undefined
  /** Behind the last whole frame, bytes from the start: where a torn tail is cut. 0 without a header. */
  readonly endOffset: number
}

/**
 * Reads the frames of a segment up to a torn tail.
 *
 * A writer has at most one frame on its way to the disk, so what a crash leaves behind the last whole frame is a
 * piece of one frame that nobody was told of. A whole frame behind a damaged one can therefore not come from a
 * crash: acknowledged shares were damaged, and cutting would lose them. That, an unknown version, and whole frames
 * with wrong content throw SegmentError.
 */
export function decodeFrames(bytes: Uint8Array): WholeFrames {
  const parser = new SegmentParser(bytes)
  const { endOffset, problem } = readFrames(parser, bytes)
  if (problem !== undefined && (problem.code === 'bad-version' || hasWholeFrame(bytes, endOffset)))
    throw problem
  const { header, records, trailer } = parser
  return { header, records, trailer, tally: parser.tally(), endOffset: header === undefined ? 0 : endOffset }
}

/** Like `decodeFrames`, but throws SegmentError for anything that is not whole. */
export function decodeAllFrames(bytes: Uint8Array): SegmentParser {
  const parser = new SegmentParser(bytes)
  const { problem } = readFrames(parser, bytes)
  if (problem !== undefined) throw problem
  return parser
}

/** What is given the frames of a segment, one after the other. */
export interface FrameReader {
  /** Nothing follows once there is one. */
  readonly trailer: SegmentTrailer | undefined
  /** Reads the records in `[start, end)`. */
  readFrame(start: number, end: number): void
}

/**
 * Gives the whole frames to `parser`; `problem` is why it stopped at `endOffset`, unless the bytes end there. Throws
 * what `parser` throws, and SegmentError for bytes behind a trailer.
 */
export function readFrames(
  parser: FrameReader,
  bytes: Uint8Array,
): { readonly endOffset: number; readonly problem: SegmentError | undefined } {
  const preambleProblem = checkPreamble(bytes)
  if (preambleProblem !== undefined) return { endOffset: 0, problem: preambleProblem }
  let offset = PREAMBLE_BYTES
  while (offset < bytes.length) {
    if (parser.trailer !== undefined)
      throw new SegmentError('trailing-bytes', offset, 'bytes behind the trailer')
    const code = checkFrame(bytes, offset)
    if (code !== undefined) return { endOffset: offset, problem: new SegmentError(code, offset, WHAT[code]) }
    const start = offset + FRAME_HEADER_BYTES
    offset = start + lengthAt(bytes, offset)
    parser.readFrame(start, offset)
  }
  return { endOffset: offset, problem: undefined }
}

function checkPreamble(bytes: Uint8Array): SegmentError | undefined {
  const magic = bytes.subarray(0, MAGIC.length)
  if (!equalBytes(magic, MAGIC.subarray(0, magic.length))) {
    return new SegmentError('bad-magic', 0, 'these bytes are no segment')
  }
  const version = bytes[MAGIC.length]
  if (version === undefined)
    return new SegmentError('truncated', bytes.length, 'the bytes end in the preamble')
  if (version === VERSION) return undefined
  return new SegmentError('bad-version', MAGIC.length, `version ${version} is not known`)
}

type FrameProblem = Extract<SegmentErrorCode, 'truncated' | 'bad-frame' | 'bad-crc'>
const WHAT: Readonly<Record<FrameProblem, string>> = {
  truncated: 'the bytes end inside a frame',
  'bad-frame': 'there is no frame, or one of no plausible length',
  'bad-crc': 'the CRC-32 of a frame does not match',
}

/** Why there is no whole frame at `offset`, if there is none. */
function checkFrame(bytes: Uint8Array, offset: number): FrameProblem | undefined {
  const records = offset + FRAME_HEADER_BYTES
  if (records > bytes.length) return 'truncated'
  for (let i = 0; i < FRAME_MARK.length; i++) if (bytes[offset + i] !== FRAME_MARK[i]) return 'bad-frame'
  const length = lengthAt(bytes, offset)
  if (length === 0 || length > MAX_FRAME_BYTES) return 'bad-frame'
  if (records + length > bytes.length) return 'truncated'
  const lengthField = bytes.subarray(offset + FRAME_MARK.length, offset + FRAME_MARK.length + 4)
  const crc = frameCrc(lengthField, bytes.subarray(records, records + length))
  return crc === uint32At(bytes, records - 4) ? undefined : 'bad-crc'
}

function lengthAt(bytes: Uint8Array, frameOffset: number): number {
  return uint32At(bytes, frameOffset + FRAME_MARK.length)
}

function uint32At(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + offset, 4).getUint32(0, true)
}

/** Whether a whole frame begins behind `offset`. */
function hasWholeFrame(bytes: Uint8Array, offset: number): boolean {
  let start = bytes.indexOf(FRAME_MARK[0]!, offset + 1)
  while (start !== -1) {
    if (checkFrame(bytes, start) === undefined) return true
    start = bytes.indexOf(FRAME_MARK[0]!, start + 1)
  }
  return false
}
