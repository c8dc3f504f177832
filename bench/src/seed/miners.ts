import { chance } from './chance.js'
import type { SeedStep } from './seed-database.js'
import { DAYS, END, MINERS_COUNT, START, WORKERS_COUNT } from './settings.js'

/** Shares that a worker sends within a minute, and work of one of them: from a Bitaxe to a rack, most of them small. */
const PER_MINUTE = `2 + floor(6 * ${chance('w', 5)})::int`
const SHARE_WORK = `trunc((2e13 * power(10, 2 * ${chance('w', 6)}))::numeric, -10)`

/**
 * Who mines, from which day to which: most since the first, some come later, some have left. The first miner's first rig is
 * always there. A few miners have very many workers, most have a handful.
 */
export const MINERS: SeedStep = {
  name: 'miners and workers',
  statements: [
    `CREATE TEMP TABLE seed_worker ON COMMIT DROP AS
     SELECT w AS worker_id, CASE WHEN w <= ${MINERS_COUNT} THEN w
         ELSE 1 + floor(${MINERS_COUNT} * power(${chance('w', 1)}, 3))::int END AS miner_id,
       ${START} + born * interval '1 day' AS born,
       CASE WHEN w > 1 AND ${chance('w', 3)} < 0.3
         THEN ${START} + (born + 1 + floor((${DAYS} - born) * ${chance('w', 4)})::int) * interval '1 day' END AS gone,
       ${PER_MINUTE} AS per_minute, ${SHARE_WORK} AS share_work
     FROM generate_series(1, ${WORKERS_COUNT}) w, LATERAL (
       SELECT CASE WHEN w = 1 OR ${chance('w', 2)} < 0.5 THEN 0 ELSE floor(${DAYS} * ${chance('w', 7)})::int END AS born) b`,
    'ANALYZE seed_worker',
    `INSERT INTO miner (id, address, first_seen_at, last_share_at)
     SELECT a.id, a.address, w.born, w.last_at FROM seed_address a JOIN (
       SELECT miner_id, min(born) AS born, max(coalesce(gone, ${END}) - interval '1 second') AS last_at
       FROM seed_worker GROUP BY miner_id) w ON w.miner_id = a.id ORDER BY a.id`,
    `INSERT INTO worker (id, miner_id, name, first_seen_at, last_share_at)
     SELECT worker_id, miner_id, 'rig' || worker_id, born,
       coalesce(gone, ${END}) - interval '1 second' * (1 + floor(50 * ${chance('worker_id', 8)}))
     FROM seed_worker ORDER BY worker_id`,
    `SELECT setval(pg_get_serial_sequence('miner', 'id'), ${MINERS_COUNT}), setval(pg_get_serial_sequence('worker', 'id'), ${WORKERS_COUNT})`,
  ],
}
