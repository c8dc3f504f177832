import type { Queryable } from '../transaction.js'
import { readShares } from './read-shares.js'
import type { SharePosition } from './share-position.js'

/** Where a stratum process stood when it found a block. */
export interface FoundAt {
  readonly writerId: string
  readonly incarnation: number
  /** Shares of the writer with a smaller number count. */
  readonly windowEndShareSeq: bigint
  readonly foundAtMs: number
}

/** The end of a block's window: shares before it count, the one at it does not. */
export interface WindowEnd extends SharePosition {
  /** Score of all shares before the end, of every mode. */
  readonly score: bigint
}

interface EndRow {
  readonly position: string
  readonly first_share_seq: string
  readonly share_count: number
  readonly score_before: string
  readonly score: string
}

const COLUMNS = 'position, first_share_seq, share_count, score_before, score'

/** The end of a block's window in canonical order; undefined while shares before it may still be on their way. */
export async function findWindowEnd(db: Queryable, found: FoundAt): Promise<WindowEnd | undefined> {
  if (!(await hasArrived(db, found))) return undefined
  const last = await findLastSegment(db, found)
  if (last === undefined) return endOfTime(db, found.foundAtMs)
  const reach = found.windowEndShareSeq - BigInt(last.first_share_seq)
  // Fewer when the writer died before the rest was on the disk.
  const index = reach < BigInt(last.share_count) ? Number(reach) : last.share_count
  return windowEndIn(db, last, index)
}

/** Whether all shares of the writer before the block have arrived: a later incarnation writes none for it. */
async function hasArrived(
  db: Queryable,
  { writerId, incarnation, windowEndShareSeq }: FoundAt,
): Promise<boolean> {
  if (windowEndShareSeq === 0n) return true
  const { rows } = await db.query<{ incarnation: number; next_share_seq: string }>(
    'SELECT incarnation, next_share_seq FROM writer WHERE writer_id = $1',
    [writerId],
  )
  const writer = rows[0]
  if (writer === undefined) return false
  return writer.incarnation > incarnation || BigInt(writer.next_share_seq) >= windowEndShareSeq
}

/** The last segment of the writer with a share before the block. */
async function findLastSegment(db: Queryable, found: FoundAt): Promise<EndRow | undefined> {
  const { rows } = await db.query<EndRow>(
    `SELECT ${COLUMNS} FROM segment
     WHERE writer_id = $1 AND incarnation <= $2 AND first_share_seq < $3 AND share_count > 0
     ORDER BY segment_seq DESC LIMIT 1`,
    [found.writerId, found.incarnation, found.windowEndShareSeq],
  )
  return rows[0]
}

/** For a writer without a share: behind whatever of other writers was sealed by then. */
async function endOfTime(db: Queryable, foundAtMs: number): Promise<WindowEnd> {
  const { rows } = await db.query<EndRow>(
    `SELECT ${COLUMNS} FROM segment WHERE sealed_at <= $1 ORDER BY position DESC LIMIT 1`,
    [new Date(foundAtMs)],
  )
  const last = rows[0]
  if (last === undefined) return { position: 0n, index: 0, score: 0n }
  return windowEndIn(db, last, last.share_count)
}

async function windowEndIn(db: Queryable, row: EndRow, index: number): Promise<WindowEnd> {
  const position = BigInt(row.position)
  let score = BigInt(row.score_before)
  if (index === row.share_count) return { position, index, score: score + BigInt(row.score) }
  for (const share of (await readShares(db, position)).slice(0, index)) score += share.score
  return { position, index, score }
}
