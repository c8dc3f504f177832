import type { Segment } from '@headframe/core/journal/segment'
import type { KnownWorker } from '../miner/known-workers.js'
import { upsertWorkers } from '../miner/upsert-workers.js'
import { numberArray } from '../number-array.js'
import type { Queryable } from '../transaction.js'
import { insertBestShares } from './insert-best-shares.js'
import type { KnownBest } from './known-bests.js'
import type { Remembered } from './remembered.js'
import type { SegmentTally } from './tally-segment.js'

/** What is there once the transaction is committed. */
export interface Inserted {
  /** In the order of the tally's workers. */
  readonly workers: readonly KnownWorker[]
  readonly bests: readonly KnownBest[]
}

/** The rows of a segment that has passed all checks; the caller holds the head's lock. */
export async function insertSegment(
  db: Queryable,
  segment: Segment,
  bytes: Uint8Array,
  tally: SegmentTally,
  remembered: Remembered,
): Promise<Inserted> {
  const { openedAtMs } = segment.header
  const workers = await upsertWorkers(db, tally.workers, openedAtMs, remembered.workers)
  const workerIds = workers.map(({ workerId }) => workerId)
  const position = await insertRow(db, segment, bytes, tally)
  await insertSums(db, position, workerIds, tally)
  await insertRejects(db, position, workerIds, tally)
  const bests = await insertBestShares(db, workerIds, tally.best, remembered.bests)
  return { workers, bests }
}

/** Takes the next position, and carries the totals before and after the segment. Returns the position. */
async function insertRow(
  db: Queryable,
  { header, trailer, segmentHash }: Segment,
  bytes: Uint8Array,
  { score, pplnsScore }: SegmentTally,
): Promise<string> {
  const { rows } = await db.query<{ position: string }>(
    `WITH head AS (
       UPDATE journal_head SET position = position + 1, share_count = share_count + $5, work = work + $6,
         score = score + $7, pplns_score = pplns_score + $8
       WHERE id = 1 RETURNING position, score - $7 AS score_before, pplns_score - $8 AS pplns_score_before)
     INSERT INTO segment (position, writer_id, segment_seq, incarnation, first_share_seq, share_count, work,
       score, pplns_score, score_before, pplns_score_before, root, hash, prev_hash, opened_at, sealed_at, payload)
     SELECT position, $1, $2::bigint, $3::int, $4::bigint, $5, $6, $7, $8, score_before, pplns_score_before,
       $9::bytea, $10::bytea, $11::bytea, $12::timestamptz, $13::timestamptz, $14::bytea
     FROM head RETURNING position`,
    [
      header.writerId,
      header.segmentSeq,
      header.incarnation,
      header.firstShareSeq,
      trailer.shareCount,
      trailer.work,
      score,
      pplnsScore,
      trailer.root,
      segmentHash,
      header.prevSegmentHash,
      new Date(header.openedAtMs),
      new Date(trailer.sealedAtMs),
      bytes,
    ],
  )
  return rows[0]!.position
}

async function insertSums(
  db: Queryable,
  position: string,
  workerIds: readonly number[],
  { sums }: SegmentTally,
): Promise<void> {
  if (sums.length === 0) return
  await db.query(
    `INSERT INTO segment_sum (position, minute, worker_id, mode, share_count, work, score)
     SELECT $1::bigint, to_timestamp(minute_ms / 1000), worker_id, mode, share_count, work, score
     FROM unnest($2::bigint[], $3::int[], $4::payout_mode[], $5::int[], $6::numeric[], $7::numeric[])
       AS sum (minute_ms, worker_id, mode, share_count, work, score)`,
    [
      position,
      numberArray(sums.map(({ minuteMs }) => minuteMs)),
      numberArray(sums.map(({ worker }) => workerIds[worker]!)),
      sums.map(({ mode }) => mode),
      numberArray(sums.map(({ shareCount }) => shareCount)),
      numberArray(sums.map(({ work }) => work)),
      numberArray(sums.map(({ score }) => score)),
    ],
  )
}

async function insertRejects(
  db: Queryable,
  position: string,
  workerIds: readonly number[],
  { rejects }: SegmentTally,
): Promise<void> {
  if (rejects.length === 0) return
  await db.query(
    `INSERT INTO segment_reject (position, minute, worker_id, reason, count)
     SELECT $1::bigint, * FROM unnest($2::timestamptz[], $3::int[], $4::text[], $5::bigint[])`,
    [
      position,
      rejects.map(({ minuteMs }) => new Date(minuteMs)),
      rejects.map(({ worker }) => workerIds[worker]),
      rejects.map(({ reason }) => reason),
      rejects.map(({ count }) => count),
    ],
  )
}
