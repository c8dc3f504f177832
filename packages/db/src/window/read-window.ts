import { PplnsWindow, type WindowContent } from '@headframe/core/accounting/pplns-window'
import type { Queryable } from '../transaction.js'
import { readShares } from './read-shares.js'
import type { SharePosition } from './share-position.js'
import { coverSegments } from './window-levels.js'

export interface WindowRead extends WindowContent {
  /** The oldest share that counts; undefined when there is none. */
  readonly start: SharePosition | undefined
}

/** What miners have scored is not what the segments have: nobody is paid by it. */
export class SumsDisagree extends Error {
  override readonly name = 'SumsDisagree'

  constructor(after: bigint, before: bigint) {
    super(
      `the sums of miners and those of the segments between ${after} and ${before} disagree; \`npm run replay -- rollups\` sums again`,
    )
  }
}

/**
 * Fills a window of `length` with the PPLNS shares before `end`, newest first. Shares are read singly in the two
 * segments at the window's ends; what lies between was summed when it arrived, and in stretches of many segments when it
 * was rolled up. Exact to the share either way.
 */
export async function readWindow(db: Queryable, end: SharePosition, length: bigint): Promise<WindowRead> {
  const window = new PplnsWindow(length)
  let start = await takeSegment(db, window, end.position, end.index)
  if (!window.isFull) {
    const first = await findFirst(db, end.position, length - window.content().total)
    if (first !== undefined) {
      if (!window.takeBlock(await sumSegments(db, first, end.position)))
        throw new SumsDisagree(first, end.position)
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

/** Address -> score of the PPLNS shares in the segments between two others. Throws SumsDisagree. */
async function sumSegments(db: Queryable, after: bigint, before: bigint): Promise<Map<string, bigint>> {
  const { summed, score } = await readStretch(db, after, before)
  const ranges = coverSegments(after + 1n, before, summed)
  const segments = ranges.filter(({ level }) => level === 0)
  const stretches = ranges.filter(({ level }) => level > 0)
  const { rows } = await db.query<{ address: string; score: string }>(SUM, [
    segments.map(({ from }) => from),
    segments.map(({ to }) => to),
    stretches.map(({ level }) => level),
    stretches.map(({ from }) => from),
    stretches.map(({ to }) => to),
  ])
  const scores = new Map(rows.map((row) => [row.address, BigInt(row.score)]))
  let total = 0n
  for (const one of scores.values()) total += one
  if (total !== score) throw new SumsDisagree(after, before)
  return scores
}

/** Range by range, so that each is looked up where it lies: joined to all of them, a table would be read from end to end. */
const SUM = `
  SELECT miner.address, sum(part.score) AS score
  FROM (
    SELECT worker.miner_id, summed.score
    FROM unnest($1::bigint[], $2::bigint[]) AS segments (first, behind)
    CROSS JOIN LATERAL (
      SELECT worker_id, sum(score) AS score FROM segment_sum
      WHERE position >= segments.first AND position < segments.behind AND mode = 'pplns' GROUP BY worker_id) summed
    JOIN worker ON worker.id = summed.worker_id
    UNION ALL
    SELECT summed.miner_id, summed.score
    FROM unnest($3::smallint[], $4::bigint[], $5::bigint[]) AS stretches (level, first, behind)
    CROSS JOIN LATERAL (
      SELECT miner_id, sum(score) AS score FROM window_sum
      WHERE level = stretches.level AND stretch >= stretches.first AND stretch < stretches.behind GROUP BY miner_id) summed
  ) part JOIN miner ON miner.id = part.miner_id
  GROUP BY miner.id`

/** Up to where stretches are summed, and what the segments between two others score by what was said when they came. */
async function readStretch(
  db: Queryable,
  after: bigint,
  before: bigint,
): Promise<{ readonly summed: bigint; readonly score: bigint }> {
  const { rows } = await db.query<{ summed: string; score: string }>(
    `SELECT (SELECT position FROM rollup_cursor WHERE id = 1) AS summed,
       (SELECT pplns_score_before FROM segment WHERE position = $2)
         - (SELECT pplns_score_before + pplns_score FROM segment WHERE position = $1) AS score`,
    [after, before],
  )
  return { summed: BigInt(rows[0]!.summed), score: BigInt(rows[0]!.score) }
}
