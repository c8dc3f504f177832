import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex, equalBytes } from '../../src/bytes.js'
import { decodeSegment } from '../../src/journal/decode-segment.js'
import { encodeSegment } from '../../src/journal/encode-segment.js'
import type { JobRecord, SegmentRecord, ShareRecord, WorkerRecord } from '../../src/journal/segment.js'
import { sha256 } from '../../src/hash.js'
import { publishSegment } from '../../src/published/publish-segment.js'
import { hash } from '../arbitraries.js'
import { exampleBytes } from '../journal/example-segment.js'
import { segment } from '../journal/segment-arbitrary.js'

/** Each share with its job and whom it is credited to. */
function creditsOf(records: readonly SegmentRecord[]): unknown[] {
  const jobs = records.filter((record): record is JobRecord => record.kind === 'job')
  const workers = records.filter((record): record is WorkerRecord => record.kind === 'worker')
  const shares = records.filter((record): record is ShareRecord => record.kind === 'share')
  return shares.map(({ jobRef, workerRef, kind: _, ...share }) => {
    const { address, mode } = workers[workerRef]!
    return { ...share, job: jobs[jobRef], name: address, mode }
  })
}

describe('a published segment', () => {
  it('has the jobs and shares of the segment, in its order and place, and the same work', () => {
    fc.assert(
      fc.property(segment, hash, ({ header, frames, sealedAtMs }, previous) => {
        const original = decodeSegment(encodeSegment(header, frames, sealedAtMs))
        const published = decodeSegment(publishSegment(original, previous))
        expect(published.header).toEqual({ ...original.header, prevSegmentHash: previous })
        expect(creditsOf(published.records)).toEqual(creditsOf(original.records))
        const { shareCount, work } = published.trailer
        expect({ shareCount, work, sealedAtMs: published.trailer.sealedAtMs }).toEqual({
          shareCount: original.trailer.shareCount,
          work: original.trailer.work,
          sealedAtMs,
        })
      }),
    )
  })

  it('names nobody’s rigs and rejects, and each miner once a mode', () => {
    fc.assert(
      fc.property(segment, hash, ({ header, frames, sealedAtMs }, previous) => {
        const original = decodeSegment(encodeSegment(header, frames, sealedAtMs))
        const { records } = decodeSegment(publishSegment(original, previous))
        const workers = records.filter((record) => record.kind === 'worker')
        expect(workers.every(({ workerName }) => workerName === '')).toBe(true)
        expect(records.some(({ kind }) => kind === 'rejects')).toBe(false)
        expect(new Set(workers.map(({ address, mode }) => `${mode} ${address}`)).size).toBe(workers.length)
      }),
    )
  })

  it('has bytes that never change: what was published once can be published again', () => {
    const bytes = publishSegment(decodeSegment(exampleBytes()), new Uint8Array(32))
    expect(bytesToHex(sha256(bytes))).toBe('c1ac84c8afa105b439af6182bcb801bb2416eee527040f19431a586a33b1e8d2')
    expect(equalBytes(bytes, publishSegment(decodeSegment(exampleBytes()), new Uint8Array(32)))).toBe(true)
  })
})
