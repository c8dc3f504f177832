import type { MinerLuck } from '@headframe/core/alert/judge-withholding'
import type { Queryable } from '../transaction.js'

/** How often the stratum processes were started, all together: it grows with each start that has brought a share. */
export async function readStarts(db: Queryable): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.query<{ writer_id: string; incarnation: number }>(
    'SELECT writer_id, incarnation FROM writer',
  )
  return new Map(rows.map(({ writer_id, incarnation }) => [writer_id, incarnation]))
}

/** Miners whose work was worth a block are looked at, and at most so many. */
const MIN_EXPECTED_BLOCKS = 1
const MAX_MINERS = 10_000

/** What each miner's work should have found, over all that the daily rollups hold, and what it has. */
export async function listLuck(db: Queryable): Promise<MinerLuck[]> {
  const { rows } = await db.query<{ address: string; expected: number; found: number }>(
    `SELECT m.address, r.expected, (SELECT count(*)::int FROM block b JOIN worker w ON w.id = b.finder_id
                                    WHERE w.miner_id = m.id) AS found
     FROM (SELECT miner_id, (sum(score) / 79228162514264337593543950336)::float8 AS expected FROM miner_rollup
           WHERE resolution = 'day' AND outcome = 'accepted' GROUP BY miner_id
           HAVING sum(score) >= $1 * 79228162514264337593543950336) AS r
     JOIN miner m ON m.id = r.miner_id ORDER BY r.expected DESC LIMIT $2`,
    [MIN_EXPECTED_BLOCKS, MAX_MINERS],
  )
  return rows.map(({ address, expected, found }) => ({
    address,
    expectedBlocks: expected,
    foundBlocks: found,
  }))
}
