import type { Network } from '@headframe/core/chain/network'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '@headframe/core/job/job'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { encodeSegment } from '@headframe/core/journal/encode-segment'
import type { Segment, SegmentRecord } from '@headframe/core/journal/segment'
import type { PayoutMode, RejectReason } from '@headframe/core/share/share'

const NO_EXTRANONCE1 = new Uint8Array(EXTRANONCE1_SIZE)
const NO_EXTRANONCE2 = new Uint8Array(EXTRANONCE2_SIZE)

export const NBITS_1 = 0x1d00ffff

export interface TestShare {
  readonly address: string
  readonly workerName?: string
  readonly mode?: PayoutMode
  readonly atMs?: number
  readonly difficulty?: number
  readonly nbits?: number
  /** What makes its hash another. */
  readonly nonce?: number
}

export interface TestRejects {
  readonly address: string
  readonly workerName?: string
  readonly atMs?: number
  readonly reason: RejectReason
  readonly count: number
}

export interface SealedSegment {
  readonly segment: Segment
  readonly bytes: Uint8Array
}

export const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5)

/** Seals segments of one writer's chain, as a stratum process would. */
export class TestWriter {
  incarnation = 1
  #segmentSeq = 0n
  #shareSeq = 0n
  #prevHash: Uint8Array = new Uint8Array(32)

  readonly writerId: string
  readonly network: Network

  constructor(writerId = 's00-test', network: Network = 'regtest') {
    this.writerId = writerId
    this.network = network
  }

  /** What a block found now would name as the end of its window. */
  get nextShareSeq(): bigint {
    return this.#shareSeq
  }

  seal(
    shares: readonly TestShare[],
    rejects: readonly TestRejects[] = [],
    sealedAtMs = START_MS,
  ): SealedSegment {
    const bytes = encodeSegment(
      {
        network: this.network,
        writerId: this.writerId,
        incarnation: this.incarnation,
        segmentSeq: this.#segmentSeq,
        firstShareSeq: this.#shareSeq,
        prevSegmentHash: this.#prevHash,
        openedAtMs: sealedAtMs,
      },
      [recordsOf(shares, rejects)],
      sealedAtMs,
    )
    const segment = decodeSegment(bytes)
    this.#segmentSeq++
    this.#shareSeq += BigInt(shares.length)
    this.#prevHash = segment.segmentHash
    return { segment, bytes }
  }
}

function recordsOf(shares: readonly TestShare[], rejects: readonly TestRejects[]): SegmentRecord[] {
  const records: SegmentRecord[] = []
  const jobs = new Map<number, number>()
  const workers = new Map<string, number>()
  const jobRefOf = (nbits: number): number =>
    refOf(jobs, nbits, (jobRef) => {
      const scripts = { coinbasePrefix: new Uint8Array(4), coinbaseSuffix: new Uint8Array(4), merklePath: [] }
      const prevHash = new Uint8Array(32)
      records.push({
        kind: 'job',
        jobRef,
        jobId: `${jobRef}`,
        height: 1,
        version: 1,
        prevHash,
        nbits,
        ...scripts,
      })
    })
  const workerRefOf = (address: string, workerName = '', mode: PayoutMode = 'pplns'): number =>
    refOf(workers, `${address} ${workerName} ${mode}`, (workerRef) => {
      records.push({ kind: 'worker', workerRef, address, workerName, mode })
    })
  for (const share of shares) {
    const jobRef = jobRefOf(share.nbits ?? NBITS_1)
    const workerRef = workerRefOf(share.address, share.workerName, share.mode)
    const nonces = {
      extranonce1: NO_EXTRANONCE1,
      extranonce2: NO_EXTRANONCE2,
      ntime: 1,
      nonce: share.nonce ?? 1,
      version: 1,
    }
    const [acceptedAtMs, assignedDifficulty] = [share.atMs ?? START_MS, share.difficulty ?? 1]
    records.push({ kind: 'share', jobRef, workerRef, acceptedAtMs, assignedDifficulty, ...nonces })
  }
  for (const { address, workerName, atMs = START_MS, reason, count } of rejects) {
    const minuteMs = atMs - (atMs % 60_000)
    records.push({ kind: 'rejects', workerRef: workerRefOf(address, workerName), minuteMs, reason, count })
  }
  return records
}

function refOf<K>(refs: Map<K, number>, key: K, introduce: (ref: number) => void): number {
  let ref = refs.get(key)
  if (ref === undefined) {
    ref = refs.size
    refs.set(key, ref)
    introduce(ref)
  }
  return ref
}
