import { chance } from './chance.js'
import type { SeedStep } from './seed-database.js'
import { REACH } from './seed-size.js'
import { withoutIndexes } from './without-indexes.js'
import { END, LAST_HOUR, SCORE_OF_HASH, START } from './settings.js'

const COLUMNS = 'resolution, starts_at, outcome, count, work, score, work_squared'
const SUMS = 'sum(count), sum(work), sum(score), sum(work_squared)'
/** Times a factor: a piece of a row that is cut into alike ones, or a whole of pieces. */
const perPart = (parts: string, times = ''): string =>
  ['count', 'work', 'score', 'work_squared'].map((sum) => `div(${sum}, ${parts}) ${times}`).join(', ')

const HOURS_FROM = `(SELECT greatest(${START}, date_trunc('day', ${END}, 'UTC') - interval '${REACH.workerHourDays} days'))`
/**
 * The start of a row and whose it is. A pool writes what everybody did in one stretch, and then what they did in the next:
 * what one of them did over a long time lies far apart on the disk, and has to here.
 */
const AS_TIME_GOES = 'ORDER BY 3, 1'
/** Minutes of an hour that are in the record. */
const MINUTES = `least(60, (extract(epoch FROM ${END} - starts_at) / 60)::int)`

/**
 * What a worker has sent in a stretch of so many minutes that starts at `starts_at`: its usual shares a minute, one more or
 * less as the stretch wills, and now and then one that comes too late.
 */
const SENT = (minutes: string): string => `
  SELECT worker_id, starts_at, o.outcome, o.per_minute * ${minutes} AS count, o.per_minute * ${minutes} * o.work AS work,
    o.per_minute * ${minutes} * o.work * ${SCORE_OF_HASH} AS score, o.per_minute * ${minutes} * o.work * o.work AS work_squared
  FROM stretch CROSS JOIN LATERAL (
    SELECT 'accepted' AS outcome, per_minute + floor(3 * ${chance('key', 20)})::int - 1 AS per_minute, share_work AS work
    UNION ALL SELECT 'stale-share', 1, 0 WHERE ${chance('key', 21)} < 0.05) o
  WHERE o.per_minute > 0 AND ${minutes} > 0`

/** Key of a worker and a time. */
const KEY = `worker_id::bigint * 10000000 + (extract(epoch FROM starts_at) / 3600)::bigint`
const stretches = (from: string, to: string, step: string): string => `
  stretch AS (SELECT worker_id, per_minute, share_work, starts_at, ${KEY} AS key FROM seed_worker
    CROSS JOIN LATERAL generate_series(greatest(${from}, born), least(${to}, gone - interval '${step}'), interval '${step}') AS starts_at)`

/** From (pieces of) rows of one resolution to those of a finer one. */
const cut = (table: string, key: string, from: string, fine: string, parts: string): string => `
  INSERT INTO ${table} (${key}, ${COLUMNS})
  SELECT ${key}, '${fine}'::resolution, starts_at + part * interval '1 ${fine}', outcome, ${perPart(parts)}
  FROM ${table} CROSS JOIN LATERAL generate_series(0, ${parts} - 1) part
  WHERE resolution = '${fine === 'minute' ? 'hour' : 'day'}' AND ${from} ${AS_TIME_GOES}`

/** Quarters of an hour from hours: each is as many minutes as the record has of it. */
const quarters = (table: string, key: string, from: string): string => `
  INSERT INTO ${table} (${key}, ${COLUMNS})
  SELECT ${key}, 'quarter_hour', starts_at + part * interval '15 minutes', outcome, ${perPart('minutes', '* least(15, minutes - 15 * part)')}
  FROM ${table} CROSS JOIN LATERAL (SELECT ${MINUTES} AS minutes) AS hour CROSS JOIN LATERAL generate_series(0, 3) part
  WHERE resolution = 'hour' AND ${from} AND minutes > 15 * part ${AS_TIME_GOES}`

const hoursBack = (hours: number): string => `starts_at > ${LAST_HOUR} - interval '${hours} hours'`

/**
 * Rollups of every level. Those of workers are made, days first and then hours; the others follow from them by sums, and finer
 * ones by cutting a row into alike pieces without a rest. So all levels agree wherever two of them tell of one time.
 */
export const ROLLUPS: SeedStep = {
  name: 'rollups',
  statements: withoutIndexes(
    ['worker_rollup', 'miner_rollup'],
    [
      `WITH ${stretches(START, `${HOURS_FROM} - interval '1 day'`, '1 day')}
     INSERT INTO worker_rollup (worker_id, ${COLUMNS})
     SELECT worker_id, 'day'::resolution, starts_at, outcome, count, work, score, work_squared FROM (${SENT('1440')}) sent ${AS_TIME_GOES}`,
      `WITH ${stretches(HOURS_FROM, LAST_HOUR, '1 hour')}
     INSERT INTO worker_rollup (worker_id, ${COLUMNS})
     SELECT worker_id, 'hour'::resolution, starts_at, outcome, count, work, score, work_squared FROM (${SENT(MINUTES)}) sent ${AS_TIME_GOES}`,
      `INSERT INTO worker_rollup (worker_id, ${COLUMNS})
     SELECT worker_id, 'day'::resolution, date_trunc('day', starts_at, 'UTC'), outcome, ${SUMS}
     FROM worker_rollup WHERE resolution = 'hour' GROUP BY 1, 3, 4 ${AS_TIME_GOES}`,
      cut('worker_rollup', 'worker_id', hoursBack(REACH.workerMinuteHours), 'minute', MINUTES),
      quarters('worker_rollup', 'worker_id', hoursBack(REACH.workerQuarterHours)),
      `INSERT INTO miner_rollup (miner_id, ${COLUMNS})
     SELECT miner_id, resolution, starts_at, outcome, ${SUMS} FROM worker_rollup JOIN seed_worker USING (worker_id)
     WHERE resolution <> 'minute' GROUP BY 1, 2, 3, 4 ${AS_TIME_GOES}`,
      cut(
        'miner_rollup',
        'miner_id',
        `starts_at < ${HOURS_FROM} AND starts_at > ${END} - interval '${REACH.hourDays} days'`,
        'hour',
        '24',
      ),
      cut('miner_rollup', 'miner_id', hoursBack(REACH.minuteHours), 'minute', MINUTES),
      `INSERT INTO pool_rollup (${COLUMNS})
     SELECT resolution, starts_at, outcome, ${SUMS} FROM miner_rollup GROUP BY 1, 2, 3`,
    ],
  ),
}
