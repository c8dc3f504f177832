import type { Database } from '@headframe/db/database'
import { inTransaction } from '@headframe/db/transaction'

export interface LedgerStory {
  readonly days: number
  readonly blocksADay: number
  /** Who share each block, and are paid once a day. */
  readonly miners: number
}

const SUBSIDY_SATS = 312_500_000n
const BLOCKS_KEPT_IMMATURE = 100

/**
 * The books of a pool that has found blocks for a long time: every block credited and, but for the last hundred, matured,
 * every miner paid each day. Rows are written past the triggers, as a backup would be, and what the triggers keep with them.
 */
export async function fillLedger({ pool }: Pick<Database, 'pool'>, story: LedgerStory): Promise<void> {
  const { days, blocksADay, miners } = story
  const values = [days * blocksADay, blocksADay, miners, SUBSIDY_SATS / BigInt(miners)]
  await inTransaction(pool, async (client) => {
    await client.query(`SET LOCAL session_replication_role = replica`)
    await client.query(
      `SELECT set_config('bench.blocks', $1, true), set_config('bench.per_day', $2, true), set_config('bench.miners', $3, true),
         set_config('bench.part', $4, true)`,
      values.map(String),
    )
    for (const sql of STEPS) await client.query(sql)
  })
  await pool.query('VACUUM ANALYZE')
}

const BLOCKS = `current_setting('bench.blocks')::int`
const MINERS = `current_setting('bench.miners')::int`
const PART = `current_setting('bench.part')::bigint`
const PER_DAY = `current_setting('bench.per_day')::int`
const HASH = `lpad(to_hex(n), 64, '0')`
/** Of block n; a block's transactions are three numbers, a day's payouts follow its last block. */
const FOUND_AT = `timestamptz '2025-01-01Z' + n * interval '1 day' / ${PER_DAY}`

const STEPS = [
  `INSERT INTO miner (id, address, first_seen_at) SELECT m, 'addr' || m, '2025-01-01Z' FROM generate_series(1, ${MINERS}) m`,
  `INSERT INTO worker (id, miner_id, name, first_seen_at) SELECT m, m, 'rig', '2025-01-01Z' FROM generate_series(1, ${MINERS}) m`,
  `INSERT INTO ledger_account (id, name) VALUES (1, 'asset:coinbase_immature'), (2, 'asset:wallet')`,
  `INSERT INTO ledger_account (id, name, miner_id)
   SELECT 10 * m + part, 'liability:miner:addr' || m || ':' || name, m
   FROM generate_series(1, ${MINERS}) m, (VALUES (1, 'immature'), (2, 'available'), (3, 'locked')) AS p (part, name)`,
  `INSERT INTO block (hash, height, status, booked_status, confirmations, mode, finder_id, found_at, nbits, template_value_sats,
     template_fees_sats, writer_id, incarnation, window_end_share_seq)
   SELECT ${HASH}, n, s.status, s.status, 100, 'pplns', 1, ${FOUND_AT}, 0, 0, 0, 's00', 1, 0 FROM generate_series(1, ${BLOCKS}) n,
     LATERAL (SELECT CASE WHEN n > ${BLOCKS} - ${BLOCKS_KEPT_IMMATURE} THEN 'immature' ELSE 'mature' END::block_status AS status) s`,
  `INSERT INTO settlement (block_hash, coinbase_value_sats, subsidy_sats, fees_sats, fee_basis_points, pool_fee_sats, reward_sats,
     pplns_window, window_total, settled_at)
   SELECT ${HASH}, ${PART} * ${MINERS}, ${PART} * ${MINERS}, 0, 0, 0, ${PART} * ${MINERS}, 4, ${MINERS}, ${FOUND_AT}
   FROM generate_series(1, ${BLOCKS}) n`,
  `INSERT INTO earning (block_hash, miner_id, amount_sats, score, prefix_before, prefix_after)
   SELECT ${HASH}, m, ${PART}, 1, rank - 1, rank FROM generate_series(1, ${BLOCKS}) n,
     (SELECT id AS m, row_number() OVER (ORDER BY address COLLATE "C") AS rank FROM miner) miners`,
  `INSERT INTO ledger_transaction (id, kind, block_hash, posted_at)
   SELECT 10 * n + step, kind, ${HASH}, ${FOUND_AT} FROM generate_series(1, ${BLOCKS}) n,
     (VALUES (1, 'block-credit'), (2, 'block-mature')) AS s (step, kind)
   WHERE kind = 'block-credit' OR n <= ${BLOCKS} - ${BLOCKS_KEPT_IMMATURE}`,
  `INSERT INTO ledger_entry
   SELECT t.id, e.account_id, e.sats FROM ledger_transaction t CROSS JOIN LATERAL (
     SELECT 1 AS account_id, ${PART} * ${MINERS} AS sats UNION ALL SELECT 10 * id + 1, -${PART} FROM miner) e
   WHERE t.kind = 'block-credit'`,
  `INSERT INTO ledger_entry
   SELECT t.id, e.account_id, e.sats FROM ledger_transaction t CROSS JOIN LATERAL (
     SELECT 1 AS account_id, -${PART} * ${MINERS} AS sats UNION ALL SELECT 2, ${PART} * ${MINERS}
     UNION ALL SELECT 10 * id + 1, ${PART} FROM miner UNION ALL SELECT 10 * id + 2, -${PART} FROM miner) e
   WHERE t.kind = 'block-mature'`,
  // A day after the day: plan, and settle; a batch of all miners each.
  `INSERT INTO payout_batch (id, state, fee_payer, total_sats, item_count, created_at, needs_approval, placed_version, placed_block_hash, placed_height, occurrence)
   SELECT n / ${PER_DAY}, 'settled', 'pool', ${PART} * ${MINERS} * ${PER_DAY}, ${MINERS}, ${FOUND_AT}, false, 1, ${HASH}, n, 1
   FROM generate_series(${PER_DAY}, ${BLOCKS} - ${BLOCKS_KEPT_IMMATURE}, ${PER_DAY}) n`,
  `INSERT INTO payout_version (batch_id, number, psbt, fee_sats, fee_rate, funded_height, funded_at)
   SELECT id, 1, '', 0, 1, placed_height, created_at FROM payout_batch`,
  `INSERT INTO payout_item SELECT b.id, m.id, '\\x00', b.total_sats / ${MINERS}, b.total_sats / ${MINERS} FROM payout_batch b, miner m`,
  `INSERT INTO ledger_transaction (id, kind, payout_batch_id, posted_at)
   SELECT 10 * placed_height + step, kind, id, created_at FROM payout_batch,
     (VALUES (3, 'payout-plan'), (4, 'payout-settle')) AS s (step, kind)`,
  `INSERT INTO ledger_entry
   SELECT t.id, 10 * i.miner_id + p.part, p.sign * i.amount_sats FROM ledger_transaction t JOIN payout_item i ON i.batch_id = t.payout_batch_id
   JOIN (VALUES ('payout-plan', 2, 1), ('payout-plan', 3, -1), ('payout-settle', 3, 1)) AS p (kind, part, sign) ON p.kind = t.kind`,
  `INSERT INTO ledger_entry SELECT t.id, 2, -b.total_sats FROM ledger_transaction t JOIN payout_batch b ON b.id = t.payout_batch_id
   WHERE t.kind = 'payout-settle'`,
  `INSERT INTO ledger_total SELECT e.account_id, t.kind, count(*), sum(e.amount_sats)
   FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id GROUP BY 1, 2`,
]
