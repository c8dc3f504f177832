/**
 * SQL of what `seedDatabase` has set for its transaction. As queries of their own, which Postgres makes once a statement:
 * it would read a setting anew for each row.
 */
const setting = (name: string, type: string): string => `(SELECT current_setting('seed.${name}')::${type})`

export const MINERS_COUNT = setting('miners', 'int')
export const WORKERS_COUNT = setting('workers', 'int')
export const DAYS = setting('days', 'int')
export const SEED = setting('seed', 'bigint')
export const END = setting('end', 'timestamptz')
/** Of one expected hash, a whole number: so are all scores then, and sums of them agree whatever they are sums of. */
export const SCORE_OF_HASH = setting('score', 'numeric')
export const NBITS = setting('nbits', 'int')
/** The first day, at midnight. */
export const START = `(SELECT date_trunc('day', ${END}, 'UTC') - ${DAYS} * interval '1 day')`
/** The hour that is not over yet. */
export const LAST_HOUR = `(SELECT date_trunc('hour', ${END}, 'UTC'))`
