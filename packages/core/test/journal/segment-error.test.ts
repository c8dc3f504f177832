import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { concatBytes, uint32LE } from '../../src/bytes.js'
import { decodeFrames } from '../../src/journal/decode-frames.js'
import { decodeSegment } from '../../src/journal/decode-segment.js'
import { FrameBuffer } from '../../src/journal/frame-buffer.js'
import { encodeSegment } from '../../src/journal/encode-segment.js'
import {
  FRAME_MARK,
  MAX_FRAME_BYTES,
  PREAMBLE_BYTES,
  SHARE_RECORD_BYTES,
  TRAILER_RECORD_BYTES,
} from '../../src/journal/layout.js'
import { SegmentError, type SegmentErrorCode } from '../../src/journal/segment-error.js'
import { EXAMPLE, exampleBytes } from './example-segment.js'

const bytes = exampleBytes()
const FRAME_START = PREAMBLE_BYTES
const RECORDS_START = FRAME_START + 12

function frameOf(records: Uint8Array): Uint8Array {
  const length = uint32LE(records.length)
  return concatBytes(FRAME_MARK, length, uint32LE(crc32(concatBytes(length, records))), records)
}

/** The example as one frame with a right CRC, after `change` has been at its records. */
function changed(change: (records: Uint8Array) => void): Uint8Array {
  const parts: Uint8Array[] = []
  for (let at = FRAME_START; at < bytes.length;) {
    const length = new DataView(bytes.buffer).getUint32(at + 4, true)
    parts.push(bytes.subarray(at + 12, at + 12 + length))
    at += 12 + length
  }
  const records = concatBytes(...parts)
  change(records)
  return concatBytes(bytes.subarray(0, FRAME_START), frameOf(records))
}

function problemOf(decode: () => unknown): SegmentError {
  try {
    decode()
  } catch (error) {
    if (error instanceof SegmentError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const recordsSize = changed(() => undefined).length - RECORDS_START
const trailerStart = recordsSize - TRAILER_RECORD_BYTES
const rejectsStart = trailerStart - 18
const lastShareStart = rejectsStart - SHARE_RECORD_BYTES

const cases: readonly [SegmentErrorCode, string, (records: Uint8Array) => void][] = [
  ['bad-value', 'network', (records) => (records[1] = 5)],
  ['bad-value', 'writer id', (records) => (records[67] = 0x2f)],
  ['bad-record', 'tag', (records) => (records[lastShareStart] = 9)],
  ['bad-record', 'header', (records) => (records[0] = 4)],
  ['bad-record', 'header', (records) => (records[lastShareStart] = 1)],
  ['bad-ref', 'job 1 ', (records) => (records[lastShareStart + 1] = 1)],
  ['bad-ref', 'worker 1 ', (records) => (records[lastShareStart + 5] = 1)],
  ['bad-ref', 'worker 1 ', (records) => (records[rejectsStart + 1] = 1)],
  ['bad-value', 'acceptedAtMs', (records) => (records[lastShareStart + 16] = 0x20)],
  ['bad-value', 'difficulty', (records) => records.fill(0, lastShareStart + 17, lastShareStart + 25)],
  ['bad-value', 'difficulty', (records) => records.fill(0xff, lastShareStart + 17, lastShareStart + 25)],
  ['bad-value', 'minute', (records) => (records[rejectsStart + 5]! ^= 1)],
  ['bad-value', 'reason', (records) => (records[rejectsStart + 13] = 0xff)],
  ['bad-value', 'no rejects', (records) => records.fill(0, rejectsStart + 14, rejectsStart + 18)],
  ['bad-count', '3 shares stated', (records) => (records[trailerStart + 1] = 3)],
  ['bad-work', 'stated', (records) => (records[trailerStart + 36]! ^= 1)],
  ['bad-root', 'root', (records) => (records[trailerStart + 37]! ^= 1)],
  ['bad-root', 'root', (records) => (records[lastShareStart + 46]! ^= 1)],
]

describe('what is wrong with a segment', () => {
  it.each(cases)('is told: %s (%s)', (code, what, change) => {
    const problem = problemOf(() => decodeSegment(changed(change)))
    expect(problem.code).toBe(code)
    expect(problem.message).toContain(what)
  })

  it('is told with the place', () => {
    const problem = problemOf(() => decodeSegment(changed((records) => (records[lastShareStart] = 9))))
    expect(problem.offset).toBe(RECORDS_START + lastShareStart)
    expect(problem.message).toContain(`byte ${problem.offset}`)
  })

  it('is told of names that are no text', () => {
    const workerStart = lastShareStart - SHARE_RECORD_BYTES - (2 + 35 + 5)
    const notAscii = changed((records) => (records[workerStart + 3] = 0xc3))
    expect(problemOf(() => decodeSegment(notAscii)).message).toContain('address is not ASCII')
    const notUtf8 = changed((records) => (records[workerStart + 38] = 0xf5))
    expect(problemOf(() => decodeSegment(notUtf8)).message).toContain('workerName is not UTF-8')
  })

  it('is told of frames', () => {
    const preamble = bytes.subarray(0, FRAME_START)
    const withLength = (length: number): Uint8Array =>
      concatBytes(preamble, FRAME_MARK, uint32LE(length), new Uint8Array(8))
    const codeOf = (given: Uint8Array): SegmentErrorCode => problemOf(() => decodeSegment(given)).code
    expect(codeOf(withLength(0))).toBe('bad-frame')
    expect(codeOf(withLength(MAX_FRAME_BYTES + 1))).toBe('bad-frame')
    expect(codeOf(withLength(5))).toBe('truncated')
    expect(codeOf(withLength(4))).toBe('bad-crc')
    expect(codeOf(concatBytes(preamble, new Uint8Array(12)))).toBe('bad-frame')
    expect(codeOf(preamble)).toBe('unsealed')
    expect(codeOf(bytes.subarray(0, bytes.length - 12 - TRAILER_RECORD_BYTES))).toBe('unsealed')
    expect(codeOf(bytes.subarray(0, 5))).toBe('truncated')
    expect(codeOf(bytes.subarray(1))).toBe('bad-magic')
    expect(codeOf(new Uint8Array(bytes).fill(2, 7, 8))).toBe('bad-version')
    const behindTrailer = changed(() => undefined)
    expect(codeOf(concatBytes(behindTrailer, frameOf(bytes.subarray(trailerStart))))).toBe('trailing-bytes')
    const records = behindTrailer.subarray(RECORDS_START)
    const twice = concatBytes(records, records.subarray(trailerStart))
    expect(codeOf(concatBytes(preamble, frameOf(twice)))).toBe('trailing-bytes')
  })

  it('is not mistaken for a torn tail when the version is another', () => {
    const other = bytes.slice(0, 20)
    other[7] = 2
    expect(problemOf(() => decodeFrames(other)).code).toBe('bad-version')
  })

  it('is nothing to worry about when a first write was lost whole', () => {
    expect(decodeFrames(new Uint8Array(4096))).toMatchObject({ header: undefined, endOffset: 0 })
    expect(decodeFrames(new Uint8Array(0))).toMatchObject({ header: undefined, endOffset: 0 })
  })
})

describe('encoding', () => {
  it('refuses what does not fit', () => {
    const { header, frames, sealedAtMs } = EXAMPLE
    const [job, worker, share] = frames[0]!
    const encode = (...records: unknown[]): unknown =>
      encodeSegment(header, [records as (typeof frames)[0]], sealedAtMs)
    expect(() => encode({ ...job, jobRef: 1 })).toThrow('number 0 of its segment, not 1')
    expect(() => encode(job, { ...worker, workerName: 'x'.repeat(256) })).toThrow(RangeError)
    expect(() => encode({ ...job, prevHash: new Uint8Array(31) })).toThrow(RangeError)
    expect(() => encode({ ...job, merklePath: Array(256).fill(new Uint8Array(32)) })).toThrow(RangeError)
    expect(() => encode(job, worker, { ...share, extranonce1: new Uint8Array(4) })).toThrow(RangeError)
    expect(() => encode(job, { ...worker, mode: 'prop' })).toThrow('"prop"')
    expect(() => encodeSegment({ ...header, writerId: '../x' }, [], 0)).toThrow('"../x"')
    expect(() => new FrameBuffer(MAX_FRAME_BYTES + 1)).toThrow(RangeError)
  })
})
