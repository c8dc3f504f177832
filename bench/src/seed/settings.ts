/** SQL of what `seedDatabase` has set for its transaction. */
export const MINERS_COUNT = `current_setting('seed.miners')::int`
export const WORKERS_COUNT = `current_setting('seed.workers')::int`
export const END = `current_setting('seed.end')::timestamptz`
/** Of one expected hash, a whole number: so are all scores then, and sums of them agree whatever they are sums of. */
export const SCORE_OF_HASH = `current_setting('seed.score')::numeric`
export const NBITS = `current_setting('seed.nbits')::int`
/** The first day, at midnight. */
export const START = `(date_trunc('day', ${END}, 'UTC') - current_setting('seed.days')::int * interval '1 day')`
/** The hour that is not over yet. */
export const LAST_HOUR = `date_trunc('hour', ${END}, 'UTC')`
