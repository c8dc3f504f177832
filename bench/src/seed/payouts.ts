import type { SeedStep } from './seed-database.js'
import { MATURE_AFTER_HOURS, PAYOUT_EVERY_DAYS, PAYOUT_MINIMUM_SATS } from './seed-size.js'
import { END, START } from './settings.js'

const FEE_SATS_AN_OUTPUT = 150
const TXID = `encode(sha256(('payout' || b.id)::bytea), 'hex')`
const MATURE_AT = `b.found_at + interval '${MATURE_AFTER_HOURS} hours'`

/** Once a week what its blocks have brought, to whom that is worth an output. The newest is on its way. */
export const PAYOUTS: SeedStep = {
  name: 'payouts',
  statements: [
    `CREATE TEMP TABLE seed_item ON COMMIT DROP AS
     SELECT week, e.miner_id, sum(e.amount_sats)::bigint AS amount_sats
     FROM seed_block b JOIN earning e ON e.block_hash = b.hash
     CROSS JOIN LATERAL (SELECT ceil(extract(epoch FROM ${MATURE_AT} - ${START}) / ${PAYOUT_EVERY_DAYS * 86_400})::bigint AS week) w
     WHERE b.status = 'mature' AND ${START} + week * interval '${PAYOUT_EVERY_DAYS} days' <= ${END}
     GROUP BY 1, 2 HAVING sum(e.amount_sats) >= ${PAYOUT_MINIMUM_SATS}`,
    `INSERT INTO payout_batch (id, state, fee_payer, total_sats, item_count, created_at, needs_approval, placed_version, placed_block_hash, placed_height, occurrence)
     SELECT week, CASE WHEN is_last THEN 'broadcast' ELSE 'settled' END::payout_state, 'pool', total, items, ${START} + week * interval '${PAYOUT_EVERY_DAYS} days', false,
       CASE WHEN NOT is_last THEN 1 END, CASE WHEN NOT is_last THEN encode(sha256(('placed' || week)::bytea), 'hex') END,
       CASE WHEN NOT is_last THEN 100000 + week * 1008 END, CASE WHEN is_last THEN 0 ELSE 1 END
     FROM (SELECT week, week = max(week) OVER () AS is_last, sum(amount_sats) AS total, count(*) AS items FROM seed_item GROUP BY week) k`,
    `INSERT INTO payout_item (batch_id, miner_id, script, amount_sats, sent_sats)
     SELECT week, miner_id, '\\x0014'::bytea || substring(sha256(miner_id::text::bytea) FOR 20), amount_sats, amount_sats FROM seed_item ORDER BY week, miner_id`,
    `INSERT INTO payout_version (batch_id, number, psbt, fee_sats, fee_rate, funded_height, funded_at, raw, txid, signed_at, sent_at)
     SELECT b.id, 1, '', ${FEE_SATS_AN_OUTPUT} * (SELECT count(*) FROM payout_item i WHERE i.batch_id = b.id), 5, 100000 + b.id * 1008, b.created_at,
       '\\x00', ${TXID}, b.created_at, b.created_at FROM payout_batch b`,
    `SELECT setval(pg_get_serial_sequence('payout_batch', 'id'), greatest(1, (SELECT max(id) FROM payout_batch)))`,
  ],
}
