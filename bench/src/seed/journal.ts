import type { SeedStep } from './seed-database.js'
import { END } from './settings.js'

/** A segment a day, without bytes and sums, as those are that `prune` has been at: the pages ask for their times and totals alone. */
export const JOURNAL: SeedStep = {
  name: 'journal',
  statements: [
    `CREATE TEMP TABLE seed_day ON COMMIT DROP AS
     SELECT row_number() OVER ordered AS position, starts_at, count, work, score,
       sum(count) OVER ordered - count AS count_before, sum(score) OVER ordered - score AS score_before
     FROM pool_rollup WHERE resolution = 'day' AND outcome = 'accepted' WINDOW ordered AS (ORDER BY starts_at)`,
    `INSERT INTO segment (position, writer_id, segment_seq, incarnation, first_share_seq, share_count, work, score, pplns_score, score_before,
       pplns_score_before, root, hash, prev_hash, opened_at, sealed_at)
     SELECT position, 's00-5eedda7a', position - 1, 1, count_before, least(count, 2147483647)::int, work, score, score, score_before, score_before,
       sha256(('root' || position)::bytea), sha256(('segment' || position)::bytea), sha256(('segment' || position - 1)::bytea),
       starts_at, least(starts_at + interval '1 day', ${END}) FROM seed_day`,
    `UPDATE journal_head SET network = 'testnet4', position = d.position, share_count = d.count, work = d.work, score = d.score,
       pplns_score = d.score, pruned_position = d.position
     FROM (SELECT max(position) AS position, sum(count) AS count, sum(work) AS work, sum(score) AS score FROM seed_day) d`,
    `INSERT INTO writer (writer_id, incarnation, next_segment_seq, next_share_seq, last_segment_hash, updated_at)
     SELECT 's00-5eedda7a', 1, position, share_count, sha256(('segment' || position)::bytea), ${END} FROM journal_head`,
    'UPDATE rollup_cursor SET position = (SELECT position FROM journal_head)',
  ],
}
