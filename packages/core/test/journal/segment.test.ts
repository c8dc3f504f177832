import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { workOfDifficulty } from '../../src/chain/target.js'
import { sha256 } from '../../src/hash.js'
import { decodeFrames } from '../../src/journal/decode-frames.js'
import { decodeSegment } from '../../src/journal/decode-segment.js'
import { encodeSegment, encodeTrailerFrame } from '../../src/journal/encode-segment.js'
import { FRAME_HEADER_BYTES, PREAMBLE_BYTES } from '../../src/journal/layout.js'
import { SegmentError } from '../../src/journal/segment-error.js'
import { concatBytes } from '../../src/bytes.js'
import { segment } from './segment-arbitrary.js'

/** Offsets at which the frames of a whole segment end. */
function frameEnds(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const ends: number[] = []
  for (let offset = PREAMBLE_BYTES; offset < bytes.length;) {
    offset += FRAME_HEADER_BYTES + view.getUint32(offset + 4, true)
    ends.push(offset)
  }
  return ends
}

describe('a segment', () => {
  it('decodes to what was encoded, with exact sums', () => {
    fc.assert(
      fc.property(segment, ({ header, frames, sealedAtMs }) => {
        const bytes = encodeSegment(header, frames, sealedAtMs)
        const decoded = decodeSegment(bytes)
        const records = frames.flat()
        const shares = records.filter((record) => record.kind === 'share')
        expect(decoded.header).toEqual(header)
        expect(decoded.records).toEqual(records)
        expect(decoded.trailer.sealedAtMs).toBe(sealedAtMs)
        expect(decoded.trailer.shareCount).toBe(shares.length)
        expect(decoded.trailer.work).toBe(
          shares.reduce((sum, share) => sum + workOfDifficulty(share.assignedDifficulty), 0n),
        )
        expect(decoded.segmentHash).toEqual(sha256(bytes))
      }),
    )
  })

  it('shows any single changed byte', () => {
    fc.assert(
      fc.property(segment, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, pick, flip) => {
        const bytes = encodeSegment(given.header, given.frames, given.sealedAtMs)
        bytes[pick % bytes.length]! ^= flip
        expect(() => decodeSegment(bytes)).toThrow(SegmentError)
      }),
      { numRuns: 500 },
    )
  })

  it('is refused when it ends early, and when something follows', () => {
    fc.assert(
      fc.property(segment, fc.nat(), ({ header, frames, sealedAtMs }, pick) => {
        const bytes = encodeSegment(header, frames, sealedAtMs)
        expect(() => decodeSegment(bytes.subarray(0, pick % bytes.length))).toThrow(SegmentError)
        expect(() => decodeSegment(concatBytes(bytes, Uint8Array.of(0)))).toThrow(/trailing-bytes/)
      }),
    )
  })
})

describe('a torn segment', () => {
  it('gives back exactly its whole frames, wherever it is cut', () => {
    fc.assert(
      fc.property(segment, ({ header, frames, sealedAtMs }) => {
        const bytes = encodeSegment(header, frames, sealedAtMs)
        const ends = frameEnds(bytes)
        const filled = frames.filter((frame) => frame.length > 0)
        for (let cut = 0; cut <= bytes.length; cut++) {
          const found = decodeFrames(bytes.subarray(0, cut))
          const wholeCount = ends.filter((end) => end <= cut).length
          const dataFrames = Math.min(wholeCount, Math.max(filled.length, 1))
          const isRight =
            found.endOffset === (ends[wholeCount - 1] ?? 0) &&
            found.header?.writerId === (wholeCount === 0 ? undefined : header.writerId) &&
            found.records.length === filled.slice(0, dataFrames).flat().length &&
            (found.trailer !== undefined) === (wholeCount === ends.length)
          if (!isRight) expect.fail(`cut at ${cut} of ${bytes.length}`)
        }
      }),
      { numRuns: 8 },
    )
  })

  it('ignores a tail of garbage, but not damage before a whole frame', () => {
    fc.assert(
      fc.property(
        segment,
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        fc.nat(),
        (given, garbage, pick) => {
          const bytes = encodeSegment(given.header, given.frames, given.sealedAtMs)
          const lastStart = frameEnds(bytes).at(-2)!
          const torn = concatBytes(bytes.subarray(0, lastStart), garbage)
          expect(decodeFrames(torn).endOffset).toBe(lastStart)
          const damaged = bytes.slice()
          damaged[pick % lastStart]! ^= 0x80
          expect(() => decodeFrames(damaged)).toThrow(SegmentError)
        },
      ),
    )
  })

  it('is whole again with a trailer over what is left', () => {
    fc.assert(
      fc.property(segment, fc.nat(), ({ header, frames, sealedAtMs }, pick) => {
        const bytes = encodeSegment(header, frames, sealedAtMs)
        const first = frameEnds(bytes)[0]!
        const found = decodeFrames(bytes.subarray(0, first + (pick % (bytes.length - first))))
        const trailer = encodeTrailerFrame({ ...found.tally, sealedAtMs })
        const sealed = decodeSegment(concatBytes(bytes.subarray(0, found.endOffset), trailer))
        expect(sealed.records).toEqual(found.records)
        expect(sealed.header).toEqual(header)
      }),
    )
  })
})
