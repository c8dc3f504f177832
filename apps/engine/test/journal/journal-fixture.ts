import * as nodeFiles from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256 } from '@headframe/core/hash'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import type { RejectsRecord, Segment, ShareRecord, WorkerIdentity } from '@headframe/core/journal/segment'
import type { Network } from '@headframe/core/chain/network'
import { pino } from 'pino'
import { expect, onTestFinished } from 'vitest'
import { JournalDirectory } from '../../src/journal/journal-directory.js'
import type { JournalFiles } from '../../src/journal/journal-files.js'
import { until } from '../until.js'
import { SegmentWriter } from '../../src/journal/segment-writer.js'
import type { SegmentWriterOptions } from '../../src/journal/writer-options.js'

export const silent = pino({ level: 'silent' })
export const NETWORK: Network = 'regtest'

/** A folder that is gone when the test has ended. */
export async function temporaryDirectory(): Promise<string> {
  const path = await nodeFiles.mkdtemp(join(tmpdir(), 'headframe-journal-'))
  onTestFinished(() => nodeFiles.rm(path, { recursive: true, force: true }))
  return path
}

/** What time it is unless a test says otherwise; the shares of `shareNumber` come in at that time. */
export const NOW_MS = 1_700_000_000_123

/** A writer that seals nothing by itself unless it is told to, closed when the test has ended. */
export async function openWriter(
  dataDir: string,
  options: Partial<SegmentWriterOptions> & {
    readonly files?: JournalFiles
    readonly nowMs?: () => number
  } = {},
): Promise<SegmentWriter> {
  const { files = nodeFiles, nowMs = () => NOW_MS, ...rest } = options
  const writer = await SegmentWriter.open(
    { dataDir, slot: 0, network: NETWORK, sealAfterMs: 3_600_000, retryAfterMs: 10, ...rest },
    { log: silent, nowMs, files },
  )
  onTestFinished(() => writer.close())
  return writer
}

export function directoryOf(dataDir: string, files: JournalFiles = nodeFiles): JournalDirectory {
  return new JournalDirectory(join(dataDir, 'journal'), files)
}

/** Until everything that was appended is on the disk. */
export async function committed(writer: SegmentWriter): Promise<void> {
  await until(() => writer.committedSeq === writer.appendedSeq)
}

/** The sealed segments of a writer, checked: each continues the one before it. */
export async function readChain(dataDir: string, writerId: string): Promise<Segment[]> {
  const segments: Segment[] = []
  let nextShareSeq: bigint | undefined
  let prevSegmentHash: Uint8Array | undefined
  for (const place of await directoryOf(dataDir).listSegments(writerId)) {
    if (place.state !== 'sealed') continue
    const bytes = new Uint8Array(await nodeFiles.readFile(place.path))
    const segment = decodeSegment(bytes)
    const { header, trailer } = segment
    expect(header.writerId).toBe(writerId)
    expect(header.segmentSeq).toBe(place.segmentSeq)
    expect(segment.segmentHash).toEqual(sha256(bytes))
    expect(header.prevSegmentHash).toEqual(prevSegmentHash ?? new Uint8Array(32))
    expect(header.firstShareSeq).toBe(nextShareSeq ?? 0n)
    prevSegmentHash = segment.segmentHash
    nextShareSeq = header.firstShareSeq + BigInt(trailer.shareCount)
    segments.push(segment)
  }
  expect(segments.map(({ header }) => header.segmentSeq)).toEqual(segments.map((_, i) => BigInt(i)))
  return segments
}

export interface SharePlace {
  readonly segment: Segment
  readonly share: ShareRecord
  readonly worker: WorkerIdentity
}

/** Every share of the chain in order, with its worker. */
export function sharesOf(segments: readonly Segment[]): SharePlace[] {
  return segments.flatMap((segment) => {
    const workers = segment.records.filter((record) => record.kind === 'worker')
    return segment.records
      .filter((record) => record.kind === 'share')
      .map((share) => ({ segment, share, worker: workers[share.workerRef]! }))
  })
}

export function rejectsOf(segments: readonly Segment[]): RejectsRecord[] {
  return segments.flatMap(({ records }) => records.filter((record) => record.kind === 'rejects'))
}

/** Shares are told apart by their nonce. */
export function noncesOf(segments: readonly Segment[]): number[] {
  return sharesOf(segments).map(({ share }) => share.nonce)
}
