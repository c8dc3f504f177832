import fc from 'fast-check'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '../../src/job/job.js'
import { REJECT_REASONS } from '../../src/share/share.js'
import { NETWORK_NUMBERS } from '../../src/journal/layout.js'
import type {
  AcceptedShare,
  JobContent,
  SegmentHeader,
  SegmentRecord,
  WorkerIdentity,
} from '../../src/journal/segment.js'

const uint32 = fc.integer({ min: 0, max: 0xffffffff })
const timeMs = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
const bytesOf = (size: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: size, maxLength: size })
const hash = bytesOf(32)

const shortName = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .filter((name) => new TextEncoder().encode(name).length <= 255)

export const header: fc.Arbitrary<SegmentHeader> = fc.record({
  network: fc.constantFrom(...NETWORK_NUMBERS),
  writerId: fc.stringMatching(/^[a-z0-9-]{1,32}$/),
  incarnation: uint32,
  segmentSeq: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  firstShareSeq: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  prevSegmentHash: hash,
  openedAtMs: timeMs,
})

const plainJob: fc.Arbitrary<JobContent> = fc.record({
  jobId: fc.stringMatching(/^[0-9a-f]{8}$/),
  height: uint32,
  version: uint32,
  prevHash: hash,
  nbits: uint32,
  coinbasePrefix: fc.uint8Array({ maxLength: 60 }),
  coinbaseSuffix: fc.uint8Array({ maxLength: 60 }),
  merklePath: fc.array(hash, { maxLength: 4 }),
})

/** One in three pays whoever finds its block. */
export const job: fc.Arbitrary<JobContent> = fc.tuple(plainJob, fc.nat()).map(([plain, pick]) => {
  if (pick % 3 > 0) return plain
  const bytes = plain.coinbaseSuffix
  return { ...plain, openSuffix: { bytes, payoutAt: pick % (bytes.length + 1) } }
})

export const worker: fc.Arbitrary<WorkerIdentity> = fc.record({
  address: fc.stringMatching(/^[a-z0-9]{1,62}$/),
  workerName: shortName,
  mode: fc.constantFrom('pplns', 'solo'),
})

/** Every double that is a difficulty whose work, summed a few hundred times, fits in 256 bits. */
export const difficulty = fc.oneof(
  fc.double({ min: 1e-9, max: 1e40, noNaN: true, minExcluded: true }),
  fc.constantFrom(Number.MIN_VALUE, 1e-9, 0.001, 1, 1024, 131072.5, 2 ** 60),
)

export const share: fc.Arbitrary<AcceptedShare> = fc.record({
  acceptedAtMs: timeMs,
  assignedDifficulty: difficulty,
  extranonce1: bytesOf(EXTRANONCE1_SIZE),
  extranonce2: bytesOf(EXTRANONCE2_SIZE),
  ntime: uint32,
  nonce: uint32,
  version: uint32,
})

interface Draft {
  readonly kind: SegmentRecord['kind']
  readonly job: JobContent
  readonly worker: WorkerIdentity
  readonly share: AcceptedShare
  readonly jobPick: number
  readonly workerPick: number
  readonly minute: number
  readonly reasonPick: number
  readonly count: number
}

const draft: fc.Arbitrary<Draft> = fc.record({
  kind: fc.constantFrom('job', 'worker', 'share', 'share', 'share', 'rejects'),
  job,
  worker,
  share,
  jobPick: fc.nat(),
  workerPick: fc.nat(),
  minute: fc.nat({ max: 2 ** 31 }),
  reasonPick: fc.nat(),
  count: fc.integer({ min: 1, max: 0xffffffff }),
})

/** Frames in which every reference is to a record that came before. */
export const frames: fc.Arbitrary<SegmentRecord[][]> = fc
  .array(fc.array(draft, { minLength: 1, maxLength: 8 }), { maxLength: 4 })
  .map((drafts) => {
    let jobs = 0
    let workers = 0
    const toRecord = (from: Draft): SegmentRecord => {
      const wantsJob = from.kind === 'job' || (from.kind === 'share' && jobs === 0)
      if (wantsJob) return { kind: 'job', jobRef: jobs++, ...from.job }
      if (from.kind === 'worker' || workers === 0)
        return { kind: 'worker', workerRef: workers++, ...from.worker }
      const workerRef = from.workerPick % workers
      if (from.kind === 'share')
        return { kind: 'share', jobRef: from.jobPick % jobs, workerRef, ...from.share }
      const reason = REJECT_REASONS[from.reasonPick % REJECT_REASONS.length]!
      return { kind: 'rejects', workerRef, minuteMs: from.minute * 60_000, reason, count: from.count }
    }
    return drafts.map((list) => list.map(toRecord))
  })

export const segment = fc.record({ header, frames, sealedAtMs: timeMs })
