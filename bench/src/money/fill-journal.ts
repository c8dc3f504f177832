import { scoreOfShare } from '@headframe/core/accounting/score'
import { workOfDifficulty } from '@headframe/core/chain/target'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '@headframe/core/job/job'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { encodeSegment } from '@headframe/core/journal/encode-segment'
import type { SegmentRecord } from '@headframe/core/journal/segment'
import type { Database } from '@headframe/db/database'
import { appendSegment } from '@headframe/db/journal/append-segment'
import { numberedAddress } from '../load/numbered-address.js'

export const NETWORK = 'regtest'
export const WRITER_ID = 's00-0be0c411'

export interface FillOptions {
  readonly miners: number
  readonly sharesPerSegment: number
  readonly nbits: number
  readonly startsAtMs: number
}

/**
 * A journal of many miners, a segment a second. The segments at its ends are real ones, brought as the shipper brings
 * them; of those between there is what an append leaves in the database, but for their bytes, which no window reads.
 */
export class JournalFiller {
  readonly #db: Pick<Database, 'pool'>
  readonly #options: FillOptions
  #segmentSeq = 0n
  #shareSeq = 0n
  #prevSegmentHash: Uint8Array = new Uint8Array(32)

  constructor(db: Pick<Database, 'pool'>, options: FillOptions) {
    this.#db = db
    this.#options = options
  }

  get shareSeq(): bigint {
    return this.#shareSeq
  }

  /** A real segment, with a share of each of the first miners. */
  async append(shares: number): Promise<void> {
    const openedAtMs = this.#options.startsAtMs + Number(this.#segmentSeq) * 1_000
    const header = {
      network: NETWORK,
      writerId: WRITER_ID,
      incarnation: 1,
      segmentSeq: this.#segmentSeq,
      firstShareSeq: this.#shareSeq,
      prevSegmentHash: this.#prevSegmentHash,
      openedAtMs,
    } as const
    const bytes = encodeSegment(header, [this.#records(shares, openedAtMs)], openedAtMs + 1_000)
    const segment = decodeSegment(bytes)
    await appendSegment(this.#db, segment, bytes)
    this.#segmentSeq++
    this.#shareSeq += BigInt(shares)
    this.#prevSegmentHash = segment.segmentHash
  }

  #records(shares: number, acceptedAtMs: number): SegmentRecord[] {
    const records: SegmentRecord[] = [{ ...JOB, nbits: this.#options.nbits }]
    for (let workerRef = 0; workerRef < shares; workerRef++) {
      const address = numberedAddress(workerRef, NETWORK)
      records.push({ kind: 'worker', workerRef, address, workerName: 'rig', mode: 'pplns' })
      records.push({ ...SHARE, workerRef, acceptedAtMs, ntime: Math.floor(acceptedAtMs / 1_000) })
    }
    return records
  }

  /** Segments of shares of difficulty 1, each of another miner. All miners must have come by `append`. */
  async fill(segments: number): Promise<void> {
    const { miners, sharesPerSegment, nbits, startsAtMs } = this.#options
    const score = scoreOfShare(1, nbits)
    await this.#db.pool.query(FILL_SEGMENTS, [
      segments,
      sharesPerSegment,
      workOfDifficulty(1),
      score,
      new Date(startsAtMs),
    ])
    await this.#db.pool.query(FILL_SUMS, [
      segments,
      sharesPerSegment,
      workOfDifficulty(1),
      score,
      miners,
      new Date(startsAtMs),
    ])
    await this.#db.pool.query(
      `UPDATE journal_head SET position = position + $1::bigint, share_count = share_count + $1::bigint * $2,
         work = work + $1::bigint * $2 * $3::numeric, score = score + $1::bigint * $2 * $4::numeric,
         pplns_score = pplns_score + $1::bigint * $2 * $4::numeric`,
      [segments, sharesPerSegment, workOfDifficulty(1), score],
    )
  }
}

const FILL_SEGMENTS = `
  INSERT INTO segment (position, writer_id, segment_seq, incarnation, first_share_seq, share_count, work, score, pplns_score,
    score_before, pplns_score_before, root, hash, prev_hash, opened_at, sealed_at)
  SELECT head.position + n, 's01-0be0c411', n - 1, 1, (n - 1) * $2::bigint, $2, $2 * $3::numeric, $2 * $4::numeric, $2 * $4::numeric,
    head.score + (n - 1) * $2::bigint * $4::numeric, head.pplns_score + (n - 1) * $2::bigint * $4::numeric,
    sha256(n::text::bytea), sha256(n::text::bytea), sha256(n::text::bytea), $5::timestamptz + n * interval '1 s', $5::timestamptz + (n + 1) * interval '1 s'
  FROM journal_head head, generate_series(1, $1::bigint) n`

/** A miner every so many seconds, the others in turn: 7,919 is prime, so that no two in one segment are the same. */
const FILL_SUMS = `
  INSERT INTO segment_sum (position, minute, worker_id, mode, share_count, work, score)
  SELECT head.position + n, date_trunc('minute', $6::timestamptz + n * interval '1 s'), first.id + ((n * $2::bigint + i) * 7919) % $5::bigint,
    'pplns', 1, $3::numeric, $4::numeric
  FROM journal_head head, (SELECT min(id) AS id FROM worker) first, generate_series(1, $1::bigint) n, generate_series(1, $2::bigint) i`

const JOB = {
  kind: 'job',
  jobRef: 0,
  jobId: '00000001',
  height: 101,
  version: 0x20000000,
  prevHash: new Uint8Array(32),
  coinbasePrefix: new Uint8Array(120),
  coinbaseSuffix: new Uint8Array(120),
  merklePath: Array.from({ length: 12 }, () => new Uint8Array(32)),
} as const

const SHARE = {
  kind: 'share',
  jobRef: 0,
  assignedDifficulty: 1,
  extranonce1: new Uint8Array(EXTRANONCE1_SIZE),
  extranonce2: new Uint8Array(EXTRANONCE2_SIZE),
  nonce: 1,
  version: 0x20000000,
} as const
