import type { Queryable } from '../transaction.js'

export interface WorkerSeen {
  readonly address: string
  readonly workerName: string
  /** Undefined when nothing of it was accepted this time. */
  readonly lastShareAtMs: number | undefined
}

/**
 * Makes sure that workers and their miners exist and that their last share is not older than what was seen.
 * Returns their ids in the order given.
 */
export async function upsertWorkers(
  db: Queryable,
  workers: readonly WorkerSeen[],
  firstSeenAtMs: number,
): Promise<number[]> {
  if (workers.length === 0) return []
  const addresses = workers.map(({ address }) => address)
  const names = workers.map(({ workerName }) => workerName)
  await insertMissing(db, addresses, names, new Date(firstSeenAtMs))
  const { rows } = await db.query<{ worker_id: number }>(
    `SELECT w.id AS worker_id FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS seen (address, name, ordinal)
     JOIN miner m ON m.address = seen.address JOIN worker w ON w.miner_id = m.id AND w.name = seen.name
     ORDER BY ordinal`,
    [addresses, names],
  )
  const ids = rows.map(({ worker_id }) => worker_id)
  await touch(db, ids, workers)
  return ids
}

/**
 * An upsert takes a number from the sequence also where it inserts nothing, and a few thousand workers a second
 * would use up the numbers within weeks. So only what is missing is inserted.
 */
async function insertMissing(
  db: Queryable,
  addresses: readonly string[],
  names: readonly string[],
  firstSeenAt: Date,
): Promise<void> {
  await db.query(
    `INSERT INTO miner (address, first_seen_at)
     SELECT DISTINCT seen.address, $2::timestamptz FROM unnest($1::text[]) AS seen (address)
     WHERE NOT EXISTS (SELECT FROM miner m WHERE m.address = seen.address)
     ON CONFLICT DO NOTHING`,
    [addresses, firstSeenAt],
  )
  await db.query(
    `INSERT INTO worker (miner_id, name, first_seen_at)
     SELECT DISTINCT m.id, seen.name, $3::timestamptz
     FROM unnest($1::text[], $2::text[]) AS seen (address, name) JOIN miner m ON m.address = seen.address
     WHERE NOT EXISTS (SELECT FROM worker w WHERE w.miner_id = m.id AND w.name = seen.name)
     ON CONFLICT DO NOTHING`,
    [addresses, names, firstSeenAt],
  )
}

async function touch(db: Queryable, ids: readonly number[], workers: readonly WorkerSeen[]): Promise<void> {
  const times = workers.map(({ lastShareAtMs }) =>
    lastShareAtMs === undefined ? null : new Date(lastShareAtMs),
  )
  await db.query(
    `UPDATE worker w SET last_share_at = greatest(w.last_share_at, seen.at)
     FROM unnest($1::int[], $2::timestamptz[]) AS seen (id, at) WHERE w.id = seen.id AND seen.at IS NOT NULL`,
    [ids, times],
  )
  await db.query(
    `UPDATE miner m SET last_share_at = greatest(m.last_share_at, seen.at)
     FROM (SELECT w.miner_id, max(s.at) AS at FROM unnest($1::int[], $2::timestamptz[]) AS s (id, at)
           JOIN worker w ON w.id = s.id WHERE s.at IS NOT NULL GROUP BY w.miner_id) seen
     WHERE m.id = seen.miner_id`,
    [ids, times],
  )
}
