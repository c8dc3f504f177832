import { bytesToHex, equalBytes } from '@headframe/core/bytes'
import type { Segment, SegmentHeader } from '@headframe/core/journal/segment'
import type { Database } from '../database.js'
import { inTransaction, type Queryable } from '../transaction.js'
import { claimNetwork, WrongNetwork } from './claim-network.js'
import { insertSegment } from './insert-segment.js'
import { readCursor } from './read-cursor.js'
import { Remembered } from './remembered.js'
import { SegmentRefused } from './segment-refused.js'
import { tallySegment } from './tally-segment.js'

/**
 * Adds a sealed segment, its sums and its workers, and moves the cursor of its writer, in one transaction. A segment
 * that is there already is left alone, so whoever does not know whether an append was committed repeats it.
 *
 * `bytes` are the sealed file that `segment` was decoded from; `remembered` saves work when it is kept from one call to
 * the next. Throws SegmentRefused when the segment does not continue its writer's chain or is of another network; any other
 * error means that it may work later.
 */
export async function appendSegment(
  db: Pick<Database, 'pool'>,
  segment: Segment,
  bytes: Uint8Array,
  remembered = new Remembered(),
): Promise<'appended' | 'already'> {
  const tally = tallySegment(segment)
  try {
    const inserted = await inTransaction(db.pool, async (client) => {
      // Locks the head: appends happen one at a time, which is what makes positions gapless and visible in order.
      await claim(client, segment)
      if ((await checkCursor(client, segment)) === 'already') return undefined
      const rows = await insertSegment(client, segment, bytes, tally, remembered)
      await moveCursor(client, segment)
      return rows
    })
    if (inserted === undefined) return 'already'
    remembered.workers.add(tally.workers, inserted.workers)
    remembered.bests.add(inserted.bests)
    return 'appended'
  } catch (error) {
    // The database that comes back may be an older one.
    remembered.forget()
    throw error
  }
}

async function claim(db: Queryable, { header }: Segment): Promise<void> {
  try {
    await claimNetwork(db, header.network)
  } catch (error) {
    if (error instanceof WrongNetwork) throw new SegmentRefused('network-mismatch', error.message)
    throw error
  }
}

/** Compares the segment with where its writer's chain stands. */
async function checkCursor(db: Queryable, { header, segmentHash }: Segment): Promise<'next' | 'already'> {
  const cursor = await readCursor(db, header.writerId)
  const { segmentSeq } = header
  if (segmentSeq > cursor.nextSegmentSeq) {
    throw refused('gap', header, `the next one of its writer is ${cursor.nextSegmentSeq}`)
  }
  if (segmentSeq < cursor.nextSegmentSeq) {
    const stored = await readHash(db, header)
    if (stored !== undefined && equalBytes(stored, segmentHash)) return 'already'
    throw refused('chain-mismatch', header, 'another segment has its place')
  }
  if (!equalBytes(header.prevSegmentHash, cursor.lastSegmentHash)) {
    throw refused('chain-mismatch', header, `the one before it is ${bytesToHex(cursor.lastSegmentHash)}`)
  }
  if (header.firstShareSeq !== cursor.nextShareSeq) {
    throw refused('chain-mismatch', header, `the next share of its writer is ${cursor.nextShareSeq}`)
  }
  if (header.incarnation < cursor.incarnation) {
    throw refused('chain-mismatch', header, `its writer is in incarnation ${cursor.incarnation} by now`)
  }
  return 'next'
}

function refused(code: 'gap' | 'chain-mismatch', header: SegmentHeader, reason: string): SegmentRefused {
  return new SegmentRefused(
    code,
    `segment ${header.segmentSeq} of ${header.writerId} does not fit: ${reason}`,
  )
}

async function readHash(
  db: Queryable,
  { writerId, segmentSeq }: SegmentHeader,
): Promise<Uint8Array | undefined> {
  const { rows } = await db.query<{ hash: Uint8Array }>(
    'SELECT hash FROM segment WHERE writer_id = $1 AND segment_seq = $2',
    [writerId, segmentSeq],
  )
  return rows[0]?.hash
}

async function moveCursor(db: Queryable, { header, trailer, segmentHash }: Segment): Promise<void> {
  await db.query(
    `INSERT INTO writer (writer_id, incarnation, next_segment_seq, next_share_seq, last_segment_hash, updated_at)
     VALUES ($1, $2, $3, $4, $5, now())
     ON CONFLICT (writer_id) DO UPDATE SET incarnation = excluded.incarnation,
       next_segment_seq = excluded.next_segment_seq, next_share_seq = excluded.next_share_seq,
       last_segment_hash = excluded.last_segment_hash, updated_at = excluded.updated_at`,
    [
      header.writerId,
      header.incarnation,
      header.segmentSeq + 1n,
      header.firstShareSeq + BigInt(trailer.shareCount),
      segmentHash,
    ],
  )
}
