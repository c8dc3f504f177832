import { displayHash } from '@headframe/core/chain/header'
import { difficultyOfTarget, targetOfBytes } from '@headframe/core/chain/target'
import { shareHash } from '@headframe/core/journal/share-hash'
import { numberArray } from '../number-array.js'
import type { Queryable } from '../transaction.js'
import type { BestShare } from './find-best-shares.js'
import type { KnownBest, KnownBests } from './known-bests.js'
import type { BestTally } from './tally-segment.js'

interface BestRow extends KnownBest {
  readonly best: BestShare
}

/** Where `ever` begins. */
export const EVER_MS = 0

/** What is no better than what stands there touches nothing. */
const INSERT = `
  INSERT INTO best_share AS known (worker_id, period, starts_at, difficulty, hash, height, nbits, accepted_at)
  SELECT seen.worker_id, seen.period, to_timestamp(seen.starts_ms / 1000), seen.difficulty, seen.hash, seen.height,
    seen.nbits, to_timestamp(seen.accepted_ms / 1000.0)
  FROM unnest($1::int[], $2::best_period[], $3::bigint[], $4::float8[], $5::text[], $6::int[], $7::int[], $8::bigint[])
    AS seen (worker_id, period, starts_ms, difficulty, hash, height, nbits, accepted_ms)
  LEFT JOIN best_share AS old ON old.worker_id = seen.worker_id AND old.period = seen.period
    AND old.starts_at = to_timestamp(seen.starts_ms / 1000)
  WHERE old.difficulty IS NULL OR old.difficulty < seen.difficulty
  ON CONFLICT (worker_id, period, starts_at) DO UPDATE SET difficulty = excluded.difficulty, hash = excluded.hash,
    height = excluded.height, nbits = excluded.nbits, accepted_at = excluded.accepted_at
  WHERE known.difficulty < excluded.difficulty`

/**
 * Remembers a segment's best shares where they are better than what was known. Returns those that were sent to the
 * database: once they are committed, they or better ones are there.
 */
export async function insertBestShares(
  db: Queryable,
  workerIds: readonly number[],
  tallies: readonly BestTally[],
  known: KnownBests,
): Promise<readonly KnownBest[]> {
  const rows = lowest(
    tallies.flatMap(({ worker, best }) => {
      const { hashNumber, dayMs } = best
      const workerId = workerIds[worker]!
      const rows: BestRow[] = []
      if (known.isBetterOfDay(workerId, dayMs, hashNumber))
        rows.push({ workerId, period: 'day', startsAtMs: dayMs, hashNumber, best })
      if (known.isBetterEver(workerId, hashNumber))
        rows.push({ workerId, period: 'ever', startsAtMs: EVER_MS, hashNumber, best })
      return rows
    }),
  )
  if (rows.length === 0) return rows
  const hashes = rows.map(({ best: { job, share } }) => shareHash(job, share))
  await db.query(INSERT, [
    numberArray(rows.map(({ workerId }) => workerId)),
    rows.map(({ period }) => period),
    numberArray(rows.map(({ startsAtMs }) => startsAtMs)),
    numberArray(hashes.map((hash) => difficultyOfTarget(targetOfBytes(hash)))),
    hashes.map((hash) => displayHash(hash)),
    numberArray(rows.map(({ best }) => best.height)),
    numberArray(rows.map(({ best }) => best.job.nbits)),
    numberArray(rows.map(({ best }) => best.share.acceptedAtMs)),
  ])
  return rows
}

/** One a worker and period: a statement may not touch a row twice, and a worker may have shares of several modes. */
function lowest(rows: readonly BestRow[]): BestRow[] {
  const found = new Map<string, BestRow>()
  for (const row of rows) {
    const key = `${row.workerId} ${row.startsAtMs} ${row.period}`
    const known = found.get(key)
    if (known === undefined || row.hashNumber < known.hashNumber) found.set(key, row)
  }
  return [...found.values()]
}
