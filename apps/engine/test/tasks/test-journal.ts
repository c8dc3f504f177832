import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { encodeSegment } from '@headframe/core/journal/encode-segment'
import type { SegmentRecord } from '@headframe/core/journal/segment'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '@headframe/core/job/job'
import type { PayoutMode } from '@headframe/core/share/share'
import type { Database } from '@headframe/db/database'
import { appendSegment } from '@headframe/db/journal/append-segment'

/** Difficulty 1: a share of difficulty d scores d blocks. */
export const NBITS_1 = 0x1d00ffff

/** Address, difficulty, mode. */
export type TestShare = readonly [string, number, PayoutMode?]

/** A stratum process's journal as the shipper brings it, a segment a call. */
export class TestJournal {
  incarnation = 1
  shareSeq = 0n
  readonly writerId: string
  readonly #db: Database
  #segmentSeq = 0n
  #prevHash: Uint8Array = new Uint8Array(32)

  constructor(db: Database, writerId = 's00-test') {
    this.#db = db
    this.writerId = writerId
  }

  async ship(...shares: readonly TestShare[]): Promise<void> {
    const nowMs = Date.now()
    const header = {
      network: 'regtest',
      writerId: this.writerId,
      incarnation: this.incarnation,
      segmentSeq: this.#segmentSeq,
      firstShareSeq: this.shareSeq,
      prevSegmentHash: this.#prevHash,
      openedAtMs: nowMs,
    } as const
    const bytes = encodeSegment(header, [[JOB, ...shares.flatMap(recordsOf)]], nowMs)
    const segment = decodeSegment(bytes)
    await appendSegment(this.#db, segment, bytes)
    this.#segmentSeq++
    this.shareSeq += BigInt(shares.length)
    this.#prevHash = segment.segmentHash
  }
}

const JOB: SegmentRecord = {
  kind: 'job',
  jobRef: 0,
  jobId: '00000000',
  height: 1,
  version: 0x20000000,
  prevHash: new Uint8Array(32),
  nbits: NBITS_1,
  coinbasePrefix: new Uint8Array(4),
  coinbaseSuffix: new Uint8Array(4),
  merklePath: [],
}

function recordsOf(
  [address, assignedDifficulty, mode = 'pplns']: TestShare,
  workerRef: number,
): SegmentRecord[] {
  return [
    { kind: 'worker', workerRef, address, workerName: 'rig', mode },
    {
      kind: 'share',
      jobRef: 0,
      workerRef,
      acceptedAtMs: Date.now(),
      assignedDifficulty,
      extranonce1: new Uint8Array(EXTRANONCE1_SIZE),
      extranonce2: new Uint8Array(EXTRANONCE2_SIZE),
      ntime: 1,
      nonce: 1,
      version: 0x20000000,
    },
  ]
}
