import { chance } from './chance.js'
import type { SeedStep } from './seed-database.js'
import {
  FEE_BASIS_POINTS,
  FIRST_HEIGHT,
  HEIGHTS_A_DAY,
  MATURE_AFTER_HOURS,
  SUBSIDY_SATS,
} from './seed-size.js'
import { END, NBITS } from './settings.js'

const STALE_PART = 0.02
const FOUND_AT = `starts_at + (0.02 + 0.9 * ${chance('position', 30)}) * (least(starts_at + interval '1 day', ${END}) - starts_at)`
const FEES = `(1000000 + floor(9000000 * ${chance('position', 31)}))::bigint`

/** Up to the whole reward by the cumulative floor, in the order of addresses: `amountOf` of core in SQL. */
const amount = (prefix: string): string => `div(s.reward_sats * ${prefix}, s.window_total)`

/**
 * A block a day, split by what its day has scored: a window of one segment. Few are stale, those of the last hours are not
 * mature yet.
 */
export const BLOCKS: SeedStep = {
  name: 'blocks and earnings',
  statements: [
    `CREATE TEMP TABLE seed_block ON COMMIT DROP AS
     SELECT position, starts_at, lpad(to_hex(position), 24, '0') || left(encode(sha256(('block' || position)::bytea), 'hex'), 40) AS hash,
       found_at, ${FIRST_HEIGHT} + position * ${HEIGHTS_A_DAY} AS height, ${SUBSIDY_SATS} AS subsidy, ${FEES} AS fees, score,
       score_before + div(score * extract(epoch FROM found_at - starts_at)::bigint, 86400) AS score_at_find,
       CASE WHEN ${chance('position', 32)} < ${STALE_PART} THEN 'stale'
         WHEN found_at > ${END} - interval '${MATURE_AFTER_HOURS} hours' THEN 'immature' ELSE 'mature' END::block_status AS status
     FROM seed_day CROSS JOIN LATERAL (SELECT date_trunc('second', ${FOUND_AT}) AS found_at) f`,
    `INSERT INTO block (hash, height, status, booked_status, confirmations, mode, finder_id, found_at, nbits, template_value_sats,
       template_fees_sats, writer_id, incarnation, window_end_share_seq, window_end_position, window_end_index, score_at_find)
     SELECT hash, height, status, status, CASE status WHEN 'stale' THEN 0 WHEN 'immature' THEN 50 ELSE 101 END, 'pplns', finder.worker_id,
       found_at, ${NBITS}, subsidy + fees, fees, 's00-5eedda7a', 1, position, position, 0, score_at_find
     FROM seed_block CROSS JOIN LATERAL (
       SELECT worker_id FROM seed_worker WHERE born <= starts_at AND (gone IS NULL OR gone > starts_at)
       ORDER BY hashint8extended(worker_id, position) LIMIT 1) finder`,
    `INSERT INTO block_answer (block_hash, node, call, answered_at, result, took_ms)
     SELECT hash, node, 'submitblock', found_at + interval '40 ms', CASE WHEN status = 'stale' THEN 'inconclusive' END, 3 + ${chance('position', 33)}
     FROM seed_block CROSS JOIN (VALUES ('node1'), ('node2')) AS n (node)`,
    `INSERT INTO settlement (block_hash, coinbase_value_sats, subsidy_sats, fees_sats, fee_basis_points, pool_fee_sats, reward_sats, pplns_window,
       window_start_position, window_start_index, window_total, settled_at)
     SELECT hash, value, subsidy, fees, ${FEE_BASIS_POINTS}, fee, value - fee, 4, position, 0, score, found_at + interval '1 minute'
     FROM seed_block CROSS JOIN LATERAL (SELECT subsidy + fees AS value, (subsidy + fees) * ${FEE_BASIS_POINTS} / 10000 AS fee) v
     WHERE status <> 'stale'`,
    `INSERT INTO earning (block_hash, miner_id, amount_sats, score, prefix_before, prefix_after)
     SELECT block_hash, miner_id, ${amount('upto')} - ${amount('(upto - score)')}, score, upto - score, upto
     FROM (SELECT b.hash AS block_hash, r.miner_id, r.score,
         sum(r.score) OVER (PARTITION BY b.hash ORDER BY m.address COLLATE "C") AS upto
       FROM seed_block b JOIN miner_rollup r ON r.resolution = 'day' AND r.starts_at = b.starts_at AND r.outcome = 'accepted'
       JOIN miner m ON m.id = r.miner_id) part
     JOIN settlement s USING (block_hash)`,
  ],
}
