import type { Queryable } from '../transaction.js'
import type { BestTally } from './tally-segment.js'

interface BestRow extends BestTally {
  readonly period: 'day' | 'ever'
  readonly startsAtMs: number
}

/** Where `ever` begins. */
export const EVER_MS = 0

/** What is no better than what stands there touches nothing, and most shares are not. */
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

/** Remembers a segment's best shares where they are better than what was known. */
export async function insertBestShares(
  db: Queryable,
  workerIds: readonly number[],
  best: readonly BestTally[],
): Promise<void> {
  if (best.length === 0) return
  // One a worker and period: a statement may not touch a row twice, and a worker may have shares of several modes.
  const days = bestBy(best, ({ worker, dayMs }) => `${worker} ${dayMs}`)
  const ever = bestBy(best, ({ worker }) => `${worker}`)
  const rows: BestRow[] = [
    ...days.map((tally) => ({ ...tally, period: 'day' as const, startsAtMs: tally.dayMs })),
    ...ever.map((tally) => ({ ...tally, period: 'ever' as const, startsAtMs: EVER_MS })),
  ]
  await db.query(INSERT, [
    rows.map(({ worker }) => workerIds[worker]),
    rows.map(({ period }) => period),
    rows.map(({ startsAtMs }) => startsAtMs),
    rows.map(({ difficulty }) => difficulty),
    rows.map(({ hash }) => hash),
    rows.map(({ height }) => height),
    rows.map(({ nbits }) => nbits),
    rows.map(({ acceptedAtMs }) => acceptedAtMs),
  ])
}

function bestBy(best: readonly BestTally[], keyOf: (tally: BestTally) => string): BestTally[] {
  const found = new Map<string, BestTally>()
  for (const tally of best) {
    const known = found.get(keyOf(tally))
    if (known === undefined || known.difficulty < tally.difficulty) found.set(keyOf(tally), tally)
  }
  return [...found.values()]
}
