import type { Network } from '../chain/network.js'
import type { OpenSuffix } from '../job/open-suffix.js'
import type { PayoutMode, RejectReason } from '../share/share.js'

/**
 * A segment: the unit in which accepted shares are written, chained, shipped and published.
 *
 * A segment stands on its own. Before the first share of a job or a worker it holds that job and that worker, so
 * that a stranger who has one segment can recompute the hash of each share in it. The byte layout is in
 * `docs/journal.md`; `encode-segment.ts` and `decode-segment.ts` are its two directions.
 */
export interface SegmentHeader {
  readonly network: Network
  /** Who writes: one name a stratum process slot, unique for ever (`s00-1f2e3d4c`): 1 to 32 of `a-z 0-9 -`. */
  readonly writerId: string
  /** Which start or recovery of the writer this is, from 1. */
  readonly incarnation: number
  /** Position in the writer's chain, from 0, without gaps. */
  readonly segmentSeq: bigint
  /** Sequence number of the first share, from 0, without gaps across the writer's segments. */
  readonly firstShareSeq: bigint
  /** Hash of the writer's segment before this one; 32 zero bytes for the first. */
  readonly prevSegmentHash: Uint8Array
  readonly openedAtMs: number
}

/** The parts of a job that a share's hash and value depend on. A `Job` is one. */
export interface JobContent {
  /** At most 255 ASCII characters. */
  readonly jobId: string
  readonly height: number
  /** Unsigned. */
  readonly version: number
  readonly prevHash: Uint8Array
  readonly nbits: number
  readonly coinbasePrefix: Uint8Array
  readonly coinbaseSuffix: Uint8Array
  /** At most 255 hashes. */
  readonly merklePath: readonly Uint8Array[]
  /**
   * Of a job whose coinbase pays whoever finds its block: the suffix but for his script. In a record that was read,
   * `coinbaseSuffix` is no more than that; `paid-job.ts` has the one of a worker.
   */
  readonly openSuffix?: OpenSuffix | undefined
}

/** The job archive: what a stranger needs of a job. */
export interface JobRecord extends JobContent {
  readonly kind: 'job'
  /** Number of the record among the jobs of its segment, from 0; shares refer to it. */
  readonly jobRef: number
}

/** Who is credited, and by which rule. */
export interface WorkerIdentity {
  /** At most 255 ASCII characters. */
  readonly address: string
  /** Without the address; empty when the miner named none. At most 255 bytes of UTF-8. */
  readonly workerName: string
  readonly mode: PayoutMode
}

export interface WorkerRecord extends WorkerIdentity {
  readonly kind: 'worker'
  /** Number of the record among the workers of its segment, from 0. */
  readonly workerRef: number
}

/** What is written of a share that was found good. */
export interface AcceptedShare {
  readonly acceptedAtMs: number
  /** Target difficulty of the share's job: what it credits. */
  readonly assignedDifficulty: number
  /** `EXTRANONCE1_SIZE` bytes. */
  readonly extranonce1: Uint8Array
  /** `EXTRANONCE2_SIZE` bytes. */
  readonly extranonce2: Uint8Array
  readonly ntime: number
  readonly nonce: number
  /** The whole version field of the header, rolled bits included, unsigned. */
  readonly version: number
}

/** An accepted share. Its sequence number is `firstShareSeq` plus its index among the segment's shares. */
export interface ShareRecord extends AcceptedShare {
  readonly kind: 'share'
  readonly jobRef: number
  readonly workerRef: number
}

/** Submissions of one worker that earned nothing, counted within one UTC minute since the last such record. */
export interface RejectsRecord {
  readonly kind: 'rejects'
  readonly workerRef: number
  /** Start of the minute, ms since the epoch. */
  readonly minuteMs: number
  readonly reason: RejectReason
  readonly count: number
}

export type SegmentRecord = JobRecord | WorkerRecord | ShareRecord | RejectsRecord

/** What the shares of a segment come to. */
export interface SegmentTally {
  readonly shareCount: number
  /** Sum of `workOfDifficulty(assignedDifficulty)` over the shares, expected hashes. */
  readonly work: bigint
  /** Merkle-sum root over the shares, 32 bytes; see `merkle-sum.ts`. */
  readonly root: Uint8Array
}

/** What a sealed segment says of itself. */
export interface SegmentTrailer extends SegmentTally {
  readonly sealedAtMs: number
}

/** A sealed segment, decoded and checked. */
export interface Segment {
  readonly header: SegmentHeader
  readonly records: readonly SegmentRecord[]
  readonly trailer: SegmentTrailer
  /** SHA-256 of all bytes of the segment: what the next one names as `prevSegmentHash`. */
  readonly segmentHash: Uint8Array
}
