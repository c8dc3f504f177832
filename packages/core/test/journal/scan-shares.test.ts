import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrames } from '../../src/journal/decode-frames.js'
import { encodeSegment } from '../../src/journal/encode-segment.js'
import { scanShares } from '../../src/journal/scan-shares.js'
import type { JobRecord, SegmentRecord, ShareRecord } from '../../src/journal/segment.js'
import { segment } from './segment-arbitrary.js'

interface Told {
  readonly job: JobRecord
  readonly share: ShareRecord
}

function scan(bytes: Uint8Array): { readonly told: Told[]; readonly sealedAtMs: number | undefined } {
  const told: Told[] = []
  const sealedAtMs = scanShares(bytes, (job, share) => told.push({ job, share }))
  return { told, sealedAtMs }
}

function sharesOf(records: readonly SegmentRecord[]): Told[] {
  const jobs = records.filter((record) => record.kind === 'job')
  const shares = records.filter((record) => record.kind === 'share')
  return shares.map((share) => ({ share, job: jobs[share.jobRef]! }))
}

describe('a scan of a segment', () => {
  it('tells each share with its job, and when it was sealed', () => {
    fc.assert(
      fc.property(segment, ({ header, frames, sealedAtMs }) => {
        const found = scan(encodeSegment(header, frames, sealedAtMs))
        expect(found).toEqual({ told: sharesOf(frames.flat()), sealedAtMs })
      }),
    )
  })

  it('tells what recovery would keep, wherever the segment is cut', () => {
    fc.assert(
      fc.property(segment, fc.nat(), ({ header, frames, sealedAtMs }, pick) => {
        const bytes = encodeSegment(header, frames, sealedAtMs)
        const cut = bytes.subarray(0, pick % bytes.length)
        expect(scan(cut)).toEqual({ told: sharesOf(decodeFrames(cut).records), sealedAtMs: undefined })
      }),
    )
  })

  it('tells nothing wrong of damaged bytes', () => {
    fc.assert(
      fc.property(segment, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, pick, flip) => {
        const bytes = encodeSegment(given.header, given.frames, given.sealedAtMs)
        bytes[pick % bytes.length]! ^= flip
        const all = sharesOf(given.frames.flat())
        const { told } = scan(bytes)
        expect(told).toEqual(all.slice(0, told.length))
      }),
      { numRuns: 500 },
    )
  })

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(scan(bytes)).toEqual({ told: [], sealedAtMs: undefined })
      }),
    )
  })

  it('does not take what its listener throws for damage', () => {
    const [given] = fc.sample(
      segment.filter(({ frames }) => sharesOf(frames.flat()).length > 0),
      1,
    )
    const bytes = encodeSegment(given!.header, given!.frames, given!.sealedAtMs)
    const fail = (): never => {
      throw new RangeError('of the listener')
    }
    expect(() => scanShares(bytes, fail)).toThrow('of the listener')
  })
})
