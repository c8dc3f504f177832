import { displayHash } from '@headframe/core/chain/header'
import { difficultyOfTarget, targetOfBytes } from '@headframe/core/chain/target'
import { numberArray } from '../number-array.js'
import type { Queryable } from '../transaction.js'
import type { KnownBests } from './known-bests.js'
import type { BestTally } from './tally-segment.js'

export interface BestRow extends BestTally {
  readonly workerId: number
  readonly period: 'day' | 'ever'
  readonly startsAtMs: number
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
  best: readonly BestTally[],
  known: KnownBests,
): Promise<BestRow[]> {
  // One a worker and period: a statement may not touch a row twice, and a worker may have shares of several modes.
  const days = lowestBy(best, ({ worker, dayMs }) => `${worker} ${dayMs}`)
  const ever = lowestBy(best, ({ worker }) => worker)
  const rows: BestRow[] = [
    ...days.map((tally) => rowOf(tally, workerIds, 'day', tally.dayMs)),
    ...ever.map((tally) => rowOf(tally, workerIds, 'ever', EVER_MS)),
  ].filter((row) => known.isBetter(row))
  if (rows.length === 0) return rows
  await db.query(INSERT, [
    numberArray(rows.map(({ workerId }) => workerId)),
    rows.map(({ period }) => period),
    numberArray(rows.map(({ startsAtMs }) => startsAtMs)),
    numberArray(rows.map(({ hash }) => difficultyOfTarget(targetOfBytes(hash)))),
    rows.map(({ hash }) => displayHash(hash)),
    numberArray(rows.map(({ height }) => height)),
    numberArray(rows.map(({ nbits }) => nbits)),
    numberArray(rows.map(({ acceptedAtMs }) => acceptedAtMs)),
  ])
  return rows
}

function rowOf(
  tally: BestTally,
  workerIds: readonly number[],
  period: BestRow['period'],
  startsAtMs: number,
): BestRow {
  return { ...tally, workerId: workerIds[tally.worker]!, period, startsAtMs }
}

function lowestBy(best: readonly BestTally[], keyOf: (tally: BestTally) => string | number): BestTally[] {
  const found = new Map<string | number, BestTally>()
  for (const tally of best) {
    const known = found.get(keyOf(tally))
    if (known === undefined || tally.hashNumber < known.hashNumber) found.set(keyOf(tally), tally)
  }
  return [...found.values()]
}
