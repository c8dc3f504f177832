import { numberArray } from '../number-array.js'
import type { Queryable } from '../transaction.js'
import { KnownWorkers, type KnownWorker } from './known-workers.js'

export interface WorkerSeen {
  readonly address: string
  readonly workerName: string
  /** Undefined when nothing of it was accepted this time. */
  readonly lastShareAtMs: number | undefined
}

/**
 * Makes sure that workers and their miners exist and that their last share is not older than what was seen; those that
 * are known are not asked for. Returns them in the order given.
 */
export async function upsertWorkers(
  db: Queryable,
  workers: readonly WorkerSeen[],
  firstSeenAtMs: number,
  known = new KnownWorkers(),
): Promise<KnownWorker[]> {
  if (workers.length === 0) return []
  const found = workers.map((worker) => known.find(worker))
  const others = await findOrInsert(
    db,
    workers.filter((_, index) => found[index] === undefined),
    firstSeenAtMs,
  )
  let next = 0
  const all = found.map((worker) => worker ?? others[next++]!)
  await touchWorkers(db, all, workers)
  await touchMiners(db, all, workers)
  return all
}

async function findOrInsert(
  db: Queryable,
  workers: readonly WorkerSeen[],
  firstSeenAtMs: number,
): Promise<KnownWorker[]> {
  if (workers.length === 0) return []
  const addresses = workers.map(({ address }) => address)
  const names = workers.map(({ workerName }) => workerName)
  const found = await findWorkers(db, addresses, names)
  // Hardly ever: they are there from their first share on.
  if (found.length === workers.length) return found
  await insertMissing(db, addresses, names, new Date(firstSeenAtMs))
  return findWorkers(db, addresses, names)
}

/** In the order given; those that are not there are left out. */
async function findWorkers(
  db: Queryable,
  addresses: readonly string[],
  names: readonly string[],
): Promise<KnownWorker[]> {
  const { rows } = await db.query<KnownWorker>(
    `SELECT w.id AS "workerId", w.miner_id AS "minerId" FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS seen (address, name, ordinal)
     JOIN miner m ON m.address = seen.address JOIN worker w ON w.miner_id = m.id AND w.name = seen.name
     ORDER BY ordinal`,
    [addresses, names],
  )
  return rows
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

async function touchWorkers(
  db: Queryable,
  known: readonly KnownWorker[],
  workers: readonly WorkerSeen[],
): Promise<void> {
  await touch(
    db,
    'worker',
    known.map(({ workerId }, index) => [workerId, workers[index]!.lastShareAtMs]),
  )
}

async function touchMiners(
  db: Queryable,
  known: readonly KnownWorker[],
  workers: readonly WorkerSeen[],
): Promise<void> {
  const latest = new Map<number, number>()
  for (const [index, { minerId }] of known.entries()) {
    const atMs = workers[index]!.lastShareAtMs
    if (atMs !== undefined) latest.set(minerId, Math.max(latest.get(minerId) ?? 0, atMs))
  }
  await touch(db, 'miner', [...latest])
}

/** Times go as numbers: a thousand dates as text take longer than the update. */
async function touch(
  db: Queryable,
  table: 'worker' | 'miner',
  seen: readonly (readonly [id: number, atMs: number | undefined])[],
): Promise<void> {
  const accepted = seen.filter((one): one is readonly [number, number] => one[1] !== undefined)
  if (accepted.length === 0) return
  await db.query(
    `UPDATE ${table} t SET last_share_at = to_timestamp(seen.at_ms / 1000.0)
     FROM unnest($1::int[], $2::bigint[]) AS seen (id, at_ms)
     WHERE t.id = seen.id AND (t.last_share_at IS NULL OR t.last_share_at < to_timestamp(seen.at_ms / 1000.0))`,
    [numberArray(accepted.map(([id]) => id)), numberArray(accepted.map(([, atMs]) => atMs))],
  )
}
