import { PplnsWindow, type WindowContent } from '@headframe/core/accounting/pplns-window'
import type { Queryable } from '../transaction.js'
import { readShares } from './read-shares.js'
import type { SharePosition } from './share-position.js'

export interface WindowRead extends WindowContent {
  /** The oldest share that counts; undefined when there is none. */
  readonly start: SharePosition | undefined
}

/**
 * Fills a window of `length` with the PPLNS shares before `end`, newest first. Shares are read singly in the two
 * segments at the window's ends; what lies between was summed when it arrived. Exact to the share either way.
 */
export async function readWindow(db: Queryable, end: SharePosition, length: bigint): Promise<WindowRead> {
  const window = new PplnsWindow(length)
  let start = await takeSegment(db, window, end.position, end.index)
  if (!window.isFull) {
    const first = await findFirst(db, end.position, length - window.content().total)
    if (first !== undefined) {
      if (!window.takeBlock(await sumSegments(db, first, end.position))) {
        throw new Error(
          `the segments between ${first} and ${end.position} overfill the window: sums disagree`,
        )
      }
      start = (await takeSegment(db, window, first, Infinity)) ?? start
    }
  }
  return { ...window.content(), start }
}

/**
 * The segment before `endPosition` in which, counted back from there, PPLNS shares come to `score`; the oldest that
 * is left when they do not.
 */
async function findFirst(db: Queryable, endPosition: bigint, score: bigint): Promise<bigint | undefined> {
  const { rows } = await db.query<{ position: string | null }>(
    `SELECT greatest(
       (SELECT position FROM segment
        WHERE position < $1
          AND pplns_score_before <= (SELECT pplns_score_before FROM segment WHERE position = $1) - $2::numeric
        ORDER BY pplns_score_before DESC, position DESC LIMIT 1),
       (SELECT min(position) FROM segment
        WHERE position > (SELECT pruned_position FROM journal_head WHERE id = 1) AND position < $1)) AS position`,
    [endPosition, score],
  )
  const position = rows[0]?.position
  return position === null || position === undefined ? undefined : BigInt(position)
}

/** Takes the first `count` shares of a segment from the newest back; returns the oldest that still counted. */
async function takeSegment(
  db: Queryable,
  window: PplnsWindow,
  position: bigint,
  count: number,
): Promise<SharePosition | undefined> {
  if (count === 0) return undefined
  const shares = await readShares(db, position)
  let oldest: SharePosition | undefined
  for (let index = Math.min(count, shares.length) - 1; index >= 0 && !window.isFull; index--) {
    const { worker, score } = shares[index]!
    if (worker.mode === 'pplns' && window.take(worker.address, score) > 0n) oldest = { position, index }
  }
  return oldest
}

/** Address -> score of the PPLNS shares in the segments between two others. */
async function sumSegments(db: Queryable, after: bigint, before: bigint): Promise<Map<string, bigint>> {
  const { rows } = await db.query<{ address: string; score: string }>(
    `SELECT miner.address, sum(segment_sum.score) AS score
     FROM segment_sum JOIN worker ON worker.id = segment_sum.worker_id JOIN miner ON miner.id = worker.miner_id
     WHERE position > $1 AND position < $2 AND mode = 'pplns' GROUP BY miner.address`,
    [after, before],
  )
  return new Map(rows.map(({ address, score }) => [address, BigInt(score)]))
}
