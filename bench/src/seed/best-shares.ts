import { chance } from './chance.js'
import { BEST_SHARE_DAYS } from './seed-size.js'
import type { SeedStep } from './seed-database.js'
import { END, NBITS } from './settings.js'

/** The lowest of many hashes: as hard as all of them together, over a number that is exponential in kind. */
const difficulty = (work: string, key: string): string =>
  `(${work})::float8 / 4294967296 / (0.05 - ln(1 - ${chance(key, 40)}))`

const ROW = `encode(sha256((worker_id || ' ' || starts_at)::bytea), 'hex'), 150000, ${NBITS}`

/** Of each worker and day, and of all its days. */
export const BEST_SHARES: SeedStep = {
  name: 'best shares',
  statements: [
    `INSERT INTO best_share (worker_id, period, starts_at, difficulty, hash, height, nbits, accepted_at)
     SELECT worker_id, 'day', starts_at, ${difficulty('work', 'worker_id::bigint * 100000 + extract(epoch FROM starts_at)::bigint / 86400')}, ${ROW},
       least(starts_at + interval '9 hours', ${END})
     FROM worker_rollup WHERE resolution = 'day' AND outcome = 'accepted' AND starts_at > ${END} - interval '${BEST_SHARE_DAYS} days'`,
    `INSERT INTO best_share (worker_id, period, starts_at, difficulty, hash, height, nbits, accepted_at)
     SELECT worker_id, 'ever', 'epoch', greatest(${difficulty('work', 'worker_id')}, best), ${ROW}, last_at
     FROM (SELECT worker_id, timestamptz 'epoch' AS starts_at, sum(work) AS work, max(starts_at) AS last_at,
         (SELECT max(b.difficulty) FROM best_share b WHERE b.worker_id = r.worker_id) AS best
       FROM worker_rollup r WHERE resolution = 'day' AND outcome = 'accepted' GROUP BY worker_id) known`,
  ],
}
